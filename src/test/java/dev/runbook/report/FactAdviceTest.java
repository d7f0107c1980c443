package dev.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.diagnostic.Source;
import dev.runbook.event.Finding;
import dev.runbook.event.Phase;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.journal.Entry;
import dev.runbook.load.RunbookLoader;
import dev.runbook.model.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an author says about a fact, on the screen at a failure. */
class FactAdviceTest {
    private static final Finding NOTHING = Finding.notTrue(List.of(), List.of());

    private final Outline outline = Outline.of(
            new RunbookLoader().load(Source.of("logs.yaml", """
                            runbook: logs
                            variables: {backup: {type: sql-server}, folder: {type: path}}
                            facts:
                              files: {files: '{{folder}}/*.trn', advice: Look at the folder.}
                              log backups:
                                for-each: files
                                server: backup
                                sql: RESTORE HEADERONLY FROM DISK = N'{{each.path}}'
                                advice: {3201: Let the service read the folder., other: There are none.}
                              log backups to apply:
                                for-each: log backups
                                server: backup
                                sql: SELECT 1 AS one
                            steps:
                              - {step: 1, title: Apply, require: log backups, done-when: no log backups to apply,
                                 advice: Look at the step.}
                            """)).value().orElseThrow(), Text::raw);

    @Test
    void isShownWhereWhatIsRequiredIsNotSo() {
        assertThat(screen("required", Phase.REQUIRE, "log backups", NOTHING)).containsExactly("There are none.");
    }

    @Test
    void isThatForTheErrorWhereTheFactCannotBeAsked() {
        Finding unreadable = Finding.cannotBeAsked(Trouble.of("3201", "Cannot open backup device."));
        assertThat(screen("3201", Phase.REQUIRE, "log backups", unreadable))
                .containsExactly("Let the service read the folder.");
    }

    @Test
    void comesFromTheFactThatIsGoneOverWhereTheErrorArose() {
        Finding unreadable = Finding.cannotBeAsked(Trouble.of("3201", "Cannot open backup device."));
        assertThat(screen("3201", Phase.DONE_WHEN, "log backups to apply", unreadable))
                .containsExactly("Let the service read the folder.");
    }

    @Test
    void isNotShownForWhatOnlyWasNotDoneYet() {
        assertThat(screen("required", Phase.DONE_WHEN, "log backups", NOTHING)).isEmpty();
        assertThat(screen("1205", Phase.DONE_WHEN, "log backups", NOTHING)).isEmpty();
        assertThat(screen("not-done", Phase.DONE_WHEN, "log backups", NOTHING)).containsExactly("There are none.");
    }

    @Test
    void isOnlyThatForTheErrorWhereNobodyAnswered() {
        for (Trouble silent : List.of(
                new Trouble("unreachable", "transient", false, "No answer.", List.of(), Optional.empty()),
                new Trouble("18456", "access", false, "Login failed.", List.of(), Optional.empty()),
                new Trouble("identity", "identity", false, "It is another one.", List.of(), Optional.empty()),
                Trouble.of(Trouble.LOCKED, "Another run works on this server."))) {
            assertThat(screen(silent, Phase.REQUIRE, "log backups", Finding.cannotBeAsked(silent)))
                    .isEmpty();
        }
        Trouble deadlock = new Trouble("1205", "transient", false, "Deadlock.", List.of(), Optional.empty());
        assertThat(screen(deadlock, Phase.REQUIRE, "log backups", Finding.cannotBeAsked(deadlock)))
                .containsExactly("There are none.", "Look at the step.");
    }

    /** The advice on the screen after a fact was asked and the step failed with this code. */
    private List<String> screen(String code, Phase phase, String fact, Finding finding) {
        Trouble trouble = new Trouble(code, "lasting", false, "It failed.", List.of(), Optional.empty());
        return screen(trouble, phase, fact, finding).stream()
                .filter(advice -> !advice.equals("Look at the step."))
                .toList();
    }

    private List<String> screen(Trouble trouble, Phase phase, String fact, Finding finding) {
        RunText text = new RunText(outline, new RunText.Layout(Paint.PLAIN, false), () -> "runbook resume r1");
        List<RunEvent> events = List.of(
                new RunEvent.StepBegun("1"),
                new RunEvent.FactAsked("1", phase, fact, true, finding),
                new RunEvent.StepFailed("1", trouble, false));
        List<String> lines = new ArrayList<>();
        events.forEach(event -> lines.addAll(text.add(new Entry(1, Instant.EPOCH, event, ""))));
        return lines.stream()
                .map(String::strip)
                .filter(line -> line.startsWith("advice"))
                .map(line -> line.substring("advice".length()).strip())
                .toList();
    }
}
