package dev.runbook.process;

import dev.runbook.event.RunEvent;
import dev.runbook.journal.JournalReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An estate that stands as a process of its own, and a folder in which commands are run against it. */
final class Drill implements AutoCloseable {
    /** With what the list of the console's commands begins. */
    private static final String HELP = "confirm STEP  ";

    private static final Pattern PASSWORD = Pattern.compile("password: \\{file: '([^']*)'");

    private final Path folder;
    private final Program estate;

    private Drill(Path folder, Program estate) {
        this.folder = folder;
        this.estate = estate;
    }

    /** An estate of a scene inside the program, at another pace. */
    static Drill start(Path folder, String scene, Pace pace) {
        return start(folder, scene, pace, UnaryOperator.identity());
    }

    /** The same, with something changed in the text of the scene. */
    static Drill start(Path folder, String scene, Pace pace, UnaryOperator<String> change) {
        try {
            Path file = folder.resolve(scene + "-" + pace.restore() + ".yaml");
            Files.writeString(file, change.apply(pace.in(scene(scene))));
            Program estate = Program.start(folder, Program.line("estate", file.toString(), "--site-file", "site.yaml"));
            estate.await("ready: ");
            return new Drill(folder, estate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * How fast an estate works.
     *
     * @param restore how long a RESTORE or BACKUP takes, such as {@code 2s}
     * @param rest how long everything else takes
     */
    record Pace(String restore, String rest) {
        /** As fast as it can. */
        static final Pace FAST = new Pace("30ms", "30ms");

        private String in(String scene) {
            return scene.replaceFirst("(?m)^  restore: \\S+", "  restore: " + restore)
                    .replaceFirst("(?m)^  mirroring: \\S+", "  mirroring: " + rest)
                    .replaceFirst("(?m)^  replication: \\S+", "  replication: " + rest)
                    .replaceFirst("(?m)^  jobs: \\S+", "  jobs: " + rest);
        }
    }

    /** The password of the estate's logins, as the site file's own file holds it. */
    String password() {
        try {
            Matcher named = PASSWORD.matcher(Files.readString(folder.resolve("site.yaml")));
            named.find();
            return Files.readString(Path.of(named.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a runbook into the folder. */
    String write(String name, String runbook) {
        try {
            Files.writeString(folder.resolve(name), runbook);
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a command and does not wait for it. */
    Program begin(String... arguments) {
        return Program.start(folder, Program.line(arguments));
    }

    /** The same, as a terminal would: in a process group of its own. */
    Program beginAlone(String... arguments) {
        List<String> line = new ArrayList<>(List.of("setsid"));
        line.addAll(Program.line(arguments));
        return Program.start(folder, line);
    }

    /** Runs a command to its end. */
    Program.Ended run(String... arguments) {
        try (Program program = begin(arguments)) {
            return program.end();
        }
    }

    /** Types into the window of the estate; what it answers. */
    String ask(String line) {
        return estate.ask(line + "\nhelp", HELP).strip();
    }

    /** How the estate stands. */
    String projection() {
        return ask("show");
    }

    /** The folder of the only run. */
    Path onlyRun() {
        List<Path> runs = runs("runs");
        if (runs.size() != 1) {
            throw new AssertionError("there is not one run, but: " + runs);
        }
        return runs.get(0);
    }

    /** The folders of runs that lie in a folder. */
    List<Path> runs(String name) {
        Path runs = folder.resolve(name);
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(runs)) {
            return found.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the journal of a run tells. */
    static List<RunEvent> events(Path run) {
        JournalReader.Result result = new JournalReader().read(run.resolve("journal.jsonl"));
        if (result instanceof JournalReader.Result.Whole whole) {
            return whole.read().events();
        }
        throw new AssertionError(((JournalReader.Result.Broken) result).message());
    }

    /** The texts that a step has sent in all, the way back not counted. */
    static List<String> sent(Path run, String step) {
        return events(run).stream()
                .filter(RunEvent.Sent.class::isInstance)
                .map(RunEvent.Sent.class::cast)
                .filter(sent -> sent.work().step().equals(step) && !sent.work().isUndo())
                .map(RunEvent.Sent::text)
                .toList();
    }

    @Override
    public void close() {
        if (estate.isAlive()) {
            estate.type("stop");
            estate.end();
        }
        estate.close();
    }

    private static String scene(String name) throws IOException {
        String resource = "/dev/runbook/rehearsal/scene/" + name + ".yaml";
        try (InputStream stream = Drill.class.getResourceAsStream(resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
