package dev.runbook.simulation;

import dev.runbook.endpoint.Cancellation;
import dev.runbook.endpoint.Operator;
import dev.runbook.engine.Engine;
import dev.runbook.engine.GuardedEndpoints;
import dev.runbook.engine.RunControl;
import dev.runbook.engine.World;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Journal;
import dev.runbook.journal.JournalFile;
import dev.runbook.plan.Plan;
import dev.runbook.runs.RunFolder;
import dev.runbook.session.LaterValues;
import dev.runbook.site.SiteBinder;
import dev.runbook.site.SuppliedValue;
import dev.runbook.state.RunFold;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Puts the real engine to work on a simulated world, as the program puts it to work on the real one. */
final class Bench {
    /** The name of the run of a bench. */
    static final String RUN = "2026-11-21T03-12-09Z-simulated";

    private final SimulatedWorld world;
    private final RunFolder folder;
    private final LaterValues later;
    private World.Watcher watcher = World.Watcher.NONE;
    private Runnable pausing = () -> {};

    /**
     * Who works on the run, and what was said beforehand.
     *
     * @param person answers
     * @param before how the run had ended before; empty where it had not
     */
    record Office(
            RunControl control,
            Operator person,
            Engine.OnFailure onFailure,
            Map<String, Engine.PriorDecision> decisions,
            Optional<Ending> before) {
        /** On a run that is not over. */
        Office(
                RunControl control,
                Operator person,
                Engine.OnFailure onFailure,
                Map<String, Engine.PriorDecision> decisions) {
            this(control, person, onFailure, decisions, Optional.empty());
        }
    }

    /** An empty folder for the run. */
    static RunFolder folder(FileSystem disk) {
        try {
            return new RunFolder(Files.createDirectories(disk.getPath("/runs", RUN)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Bench(SimulatedWorld world, RunFolder folder, List<Map<String, SuppliedValue>> values) {
        this.world = world;
        this.folder = folder;
        this.later = new LaterValues(folder, site -> {}, values, new NoSecrets(), Optional.empty());
    }

    /** Somebody watches from here on, and does something whenever time is let pass. */
    void watch(World.Watcher now, Runnable whenPausing) {
        watcher = now;
        pausing = whenPausing;
    }

    /** The values as people have changed them by now. */
    List<Map<String, SuppliedValue>> values() {
        return later.values();
    }

    /** Works until the run ends or stops. */
    Ending work(Plan plan, JournalFile file, RunFold fold, Office office, Function<Engine, Ending> work) {
        Journal journal = event -> {
            if (world.isDiskFull()) {
                throw new Journal.LostException("The disk is full.", new IOException("full"));
            }
            if (world.lie == SimulatedWorld.Lie.FORGETFUL_JOURNAL && event instanceof RunEvent.AttemptStarted) {
                return world.instant();
            }
            Optional<Double> torn = world.tears();
            if (torn.isPresent()) {
                tear(file, event, torn.get());
            }
            return file.append(wrong(event));
        };
        RunControl control = office.control();
        World around = new World(
                new GuardedEndpoints(world, "runbook " + RUN, this::pause, control, told -> {}, file::requireClaim),
                office.person(),
                world,
                world::nanos,
                this::pause,
                new Random(1),
                watcher,
                control);
        return work.apply(new Engine(
                plan,
                around,
                journal,
                fold,
                new Engine.Settings(office.onFailure(), office.decisions(), later, office.before())));
    }

    private RunEvent wrong(RunEvent event) {
        return world.lie == SimulatedWorld.Lie.WRONG_JOURNAL && event instanceof RunEvent.StepDone done
                ? new RunEvent.StepSkipped(done.step(), "not so")
                : event;
    }

    /** The computer dies when so much of a line is on disk. */
    private void tear(JournalFile file, RunEvent event, double part) {
        Path journal = folder.journal();
        Path last = journal.resolveSibling(journal.getFileName() + ".last");
        try {
            int before = (int) Files.size(journal);
            byte[] lastBefore = Files.readAllBytes(last);
            file.append(event);
            byte[] after = Files.readAllBytes(journal);
            int length = before + (int) ((after.length - 1 - before) * part);
            Files.write(journal, Arrays.copyOf(after, length));
            Files.write(last, lastBefore);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        world.crash();
    }

    private void pause(Duration time, Cancellation cancellation) {
        pausing.run();
        Duration left = time;
        while (!left.isZero() && !cancellation.isRequested()) {
            Duration piece = left.compareTo(Duration.ofSeconds(15)) < 0 ? left : Duration.ofSeconds(15);
            world.pass(piece);
            left = left.minus(piece);
        }
    }

    static final class NoSecrets implements SiteBinder.SecretReader {
        @Override
        public Optional<String> prompt(String question) {
            return Optional.empty();
        }

        @Override
        public Optional<String> file(String path) {
            return Optional.empty();
        }

        @Override
        public Optional<String> environment(String name) {
            return Optional.empty();
        }
    }
}
