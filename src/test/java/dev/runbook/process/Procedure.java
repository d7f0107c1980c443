package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.language.Runbook;
import dev.runbook.language.RunbookReader;
import dev.runbook.language.Step;
import dev.runbook.library.Library;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The two procedures, with the estate that each begins on and the answers of a person who says yes. */
enum Procedure {
    /** From a lost data centre 1 to data centre 2. */
    FAILOVER(
            "failover",
            "dc1-lost",
            190,
            Map.of("0.1", "DC1 IS LOST", "0.4-silent", "OLD PRIMARY IS DOWN", "4.2", "RECOVER", "7-test", "yes")),
    /** And back. */
    FAILBACK(
            "failback",
            "dc1-rebuilt",
            390,
            Map.of(
                    "0.1", "DC1 IS READY",
                    "0.5", "yes",
                    "1", "STOP CHAT",
                    "4", "OVERWRITE",
                    "5-restore", "OVERWRITE DC2",
                    "7-test", "yes",
                    "8.2", "yes"));

    private static final String NOT_IN_ADVANCE = "      in-advance: false\n";

    /** What people do by hand in the failback. */
    private static final String MOVE_FILES = "confirm 0.5";

    private final String runbook;
    private final String scene;
    private final int lines;
    private final Map<String, String> answers;

    Procedure(String runbook, String scene, int lines, Map<String, String> answers) {
        this.runbook = runbook;
        this.scene = scene;
        this.lines = lines;
        this.answers = answers;
    }

    /** The name of its runbook. */
    String runbook() {
        return runbook;
    }

    /** About so many lines has the journal of a run that nothing interrupts. */
    int lines() {
        return lines;
    }

    /** Starts the estate that it begins on. Nobody sits there, so everything may be answered in advance. */
    Drill drill(Path folder, Drill.Pace pace) {
        try {
            String shipped = Files.readString(Path.of("runbooks", runbook + ".yaml"));
            assertThat(shipped).contains(NOT_IN_ADVANCE);
            Files.writeString(folder.resolve(runbook + ".yaml"), shipped.replace(NOT_IN_ADVANCE, ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Drill.start(folder, scene, pace);
    }

    /** Begins it against its estate, where what people do by hand is done. */
    Program begin(Drill drill) {
        if (this == FAILBACK) {
            drill.ask(MOVE_FILES);
        }
        return drill.begin(runLine());
    }

    /** The words of a command that runs it. */
    String[] runLine(String... more) {
        return withAnswers(more, "run", runbook);
    }

    /** Resumes a run of it, and lets it send again what may have happened: that takes an answer of its own. */
    Program resume(Drill drill, Path run, String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        answers.forEach((step, answer) -> all.addAll(List.of("--approve", step + "/again=" + answer)));
        return drill.begin(withAnswers(all.toArray(String[]::new), "resume", run.toString()));
    }

    /** The folder that holds how an estate stands when nothing interrupted the run. */
    Path golden() {
        return Path.of("src/test/resources/golden/procedures", runbook);
    }

    /** How the estate stands when nothing interrupted the run. */
    String uninterrupted() {
        try {
            return Files.readString(golden().resolve("estate.txt")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The steps of which the author does not say that running them again does no harm. */
    List<String> unrepeatable() {
        Runbook loaded = new Library(Path.of(""))
                .find(runbook)
                .flatMap(file -> file.source().value())
                .flatMap(source -> new RunbookReader().read(source).value())
                .orElseThrow();
        return loaded.steps().stream()
                .filter(Step::hasAction)
                .filter(step -> !step.task().retry().repeatable())
                .map(step -> step.id().text())
                .toList();
    }

    private String[] withAnswers(String[] more, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--vars", "site.yaml"));
        answers.forEach((step, answer) -> all.addAll(List.of("--approve", step + "=" + answer)));
        return Stream.concat(all.stream(), Arrays.stream(more)).toArray(String[]::new);
    }
}
