package dev.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Source;
import dev.runbook.event.Actor;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import dev.runbook.journal.Entry;
import dev.runbook.language.RunbookReader;
import dev.runbook.language.Text;
import dev.runbook.state.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What status says of a run in every state in which somebody may look at it. */
class StatusTextTest {
    private static final Instant START = Instant.parse("2026-11-21T13:40:00Z");
    private static final RunEvent STARTED = new RunEvent.RunStarted(
            1, "r1", "20261121134000", "fo", "fo.yaml", "00", Map.of(), new Actor("jdoe", "jump1", 42, "1"));
    private static final RunEvent SENT =
            new RunEvent.Sent(Work.of("2"), 1, 1, "sqlb\\RTC", "RESTORE DATABASE [mgc] WITH RECOVERY");

    private final Outline outline = Outline.of(
            new RunbookReader().read(Source.of("fo.yaml", """
                runbook: fo
                title: Fail over
                variables: {backup: {type: sql-server}}
                facts:
                  online: {server: backup, sql: SELECT 1 AS one}
                steps:
                  - {step: 1, title: Stop the jobs, confirm: 'Sure?'}
                  - step: 2
                    title: Bring mgc online
                    confirm: 'Sure?'
                    server: backup
                    sql: RESTORE DATABASE [mgc] WITH RECOVERY
                    done-when: online
                    within: 30m
                    retry: 3
                    rollback: {not-needed: it does no harm}
                  - {step: 3, title: Tell the users, confirm: 'Told?'}
                """)).value().orElseThrow(), Text::raw);

    @Test
    void inThePauseBeforeTheNextAttemptItTellsTheErrorAndTheCountdown() {
        List<String> lines = status(
                true,
                65,
                at(0, STARTED),
                at(0, new RunEvent.StepBegun("1")),
                at(1, done("1")),
                at(50, new RunEvent.StepBegun("2")),
                at(51, new RunEvent.AttemptStarted(Work.of("2"), 1, 1)),
                at(52, SENT),
                at(60, new RunEvent.AttemptFailed(Work.of("2"), 1, Trouble.of("3101", "The database is in use."))),
                at(60, new RunEvent.RetryScheduled(Work.of("2"), 2, 20_000)));

        assertThat(lines)
                .containsExactly(
                        "Fail over",
                        "run         r1, under way, jdoe@jump1",
                        "behind us   1 of 3 steps done, T+1:05",
                        "now         2/3  2  Bring mgc online, for 0:15",
                        "            attempt 1: sqlb\\RTC: RESTORE DATABASE [mgc] WITH RECOVERY",
                        "what        The database is in use.",
                        "            attempt 2 follows in 0:15",
                        "then        3/3  3  Tell the users");
    }

    @Test
    void whereTheAnswerWasLostItTellsSinceWhenAndHowLongItLooks() {
        Trouble lost = new Trouble("connection-lost", "transient", true, "It hung up.", List.of(), Optional.empty());

        assertThat(status(
                        true,
                        600,
                        at(0, STARTED),
                        at(0, new RunEvent.StepBegun("1")),
                        at(1, done("1")),
                        at(50, new RunEvent.StepBegun("2")),
                        at(51, new RunEvent.AttemptStarted(Work.of("2"), 1, 1)),
                        at(52, SENT),
                        at(60, new RunEvent.CameBack(Work.of("2"), 1, 1, Optional.of(lost), Optional.empty())),
                        at(90, new RunEvent.NoteTaken("I called the network people.", "jdoe"))))
                .contains(
                        "what        the answer was lost at 2026-11-21T13:41:00Z: It hung up.",
                        "            the run looks whether it happened, until 2026-11-21T14:11:00Z at the longest");
    }

    @Test
    void aStepInDoubtThatAsksBeforeItIsSentAgainIsSeenToAsk() {
        Entry[] entries = {
            at(0, STARTED),
            at(0, new RunEvent.StepBegun("1")),
            at(1, done("1")),
            at(50, new RunEvent.StepBegun("2")),
            at(51, new RunEvent.AttemptStarted(Work.of("2"), 1, 1)),
            at(52, SENT),
            at(300, new RunEvent.RunResumed(Optional.empty(), "00", Map.of(), new Actor("anna", "jump2", 7, "1"))),
            at(310, new RunEvent.QuestionAsked("2")),
            at(320, new RunEvent.NoteTaken("Who has the keys?", "anna"))
        };

        assertThat(status(true, 440, entries))
                .contains("            it asks a question, which waits for an answer at its terminal for 2:10");
        assertThat(StatusText.brief(of(true, 440, entries)))
                .isEqualTo("fo: under way, 1 of 3 steps done, step 2 \"Bring mgc online\" for 6:30, "
                        + "WAITS FOR AN ANSWER, T+7:20 (anna@jump2)");
    }

    @Test
    void aRunThatWasCutOffOnItsWayBackNamesTheStepThatWasBeingTakenBack() {
        List<String> lines = status(
                false,
                700,
                at(0, STARTED),
                at(0, new RunEvent.StepBegun("1")),
                at(1, done("1")),
                at(50, new RunEvent.StepBegun("2")),
                at(51, new RunEvent.AttemptStarted(Work.of("2"), 1, 1)),
                at(52, refused("2")),
                at(60, new RunEvent.StepFailed("2", Trouble.of("3101", "The database is in use."), true)),
                at(70, new RunEvent.RollbackStarted(List.of("2", "1"), "jdoe")),
                at(80, new RunEvent.StepUndone("2", "")),
                at(81, new RunEvent.AttemptStarted(Work.undo("1", 1), 1, 1)),
                at(82, new RunEvent.Sent(Work.undo("1", 1), 1, 1, "sqlb\\RTC", "EXEC sp_start_job")));

        assertThat(lines)
                .containsExactly(
                        "Fail over",
                        "run         r1, cut off 10:18 ago, jdoe@jump1",
                        "behind us   1 of 3 steps done, T+11:40",
                        "cut off     the way back of 1/3  1  Stop the jobs, for 0:02",
                        "            attempt 1: sqlb\\RTC: EXEC sp_start_job",
                        "then back   nothing more",
                        "go on with  runbook resume r1");
    }

    @Test
    void whatPeopleSkippedOrDidByHandIsNamedWithWhoAndWhy() {
        Entry[] entries = {
            at(0, STARTED),
            at(0, new RunEvent.StepBegun("1")),
            at(1, new RunEvent.StepFailed("1", Trouble.of("x", "No."), false)),
            at(2, new RunEvent.StepDone("1", Optional.of("typed it"), Optional.of("jdoe"))),
            at(3, new RunEvent.StepBegun("2")),
            at(4, new RunEvent.StepFailed("2", Trouble.of("x", "No."), false)),
            at(5, new RunEvent.StepSkipped("2", "not tonight", Optional.of("anna"))),
            at(9, new RunEvent.RunStopped(Ending.DONE, ""))
        };

        assertThat(status(false, 700, entries))
                .contains(
                        "skipped     step 2, by anna: not tonight",
                        "by hand     step 1 was done by hand, by jdoe: typed it");
        RunText text = new RunText(outline, new RunText.Layout(Paint.PLAIN, false), () -> "");
        List<String> screen = new ArrayList<>();
        of(false, 700, entries).entries().forEach(entry -> screen.addAll(text.add(entry)));
        assertThat(screen)
                .anyMatch(line ->
                        line.startsWith("DONE, WITH EXCEPTIONS: step 2 skipped by a person; step 1 done by hand."))
                .anyMatch(line -> line.contains("BY HAND") && line.endsWith("(by jdoe: typed it)"));
    }

    @Test
    void whoPausesAtAFailureStillSeesWhatWentWrong() {
        assertThat(status(
                        false,
                        700,
                        at(0, STARTED),
                        at(0, new RunEvent.StepBegun("1")),
                        at(1, new RunEvent.StepFailed("1", Trouble.of("x", "It is switched off."), false)),
                        at(2, new RunEvent.QuestionAsked("1")),
                        at(9, new RunEvent.Decided("1", Decision.PAUSE, "", "jdoe")),
                        at(9, new RunEvent.RunStopped(Ending.PAUSED, ""))))
                .contains("what        It is switched off.");
    }

    @Test
    void aStepThatCouldNotBeTakenBackIsCalledThat() {
        assertThat(status(
                        false,
                        700,
                        at(0, STARTED),
                        at(0, new RunEvent.StepBegun("1")),
                        at(0, new RunEvent.AttemptStarted(Work.of("1"), 1, 1)),
                        at(1, done("1")),
                        at(70, new RunEvent.RollbackStarted(List.of("1"), "jdoe")),
                        at(80, new RunEvent.UndoFailed("1", Trouble.of("x", "No way back."), "Do it by hand.")),
                        at(80, new RunEvent.RunStopped(Ending.ROLLBACK_INCOMPLETE, ""))))
                .contains(
                        "not undone  the way back of 1/3  1  Stop the jobs, for 0:00",
                        "what        No way back.",
                        "by hand     step 1 could not be taken back");
    }

    @Test
    void theClocksOfARunThatIsNotDoneGoOnAlsoWhereNobodyWorksOnIt() {
        assertThat(StatusText.brief(of(false, 2600, at(0, STARTED), at(111, new RunEvent.StepBegun("1")))))
                .isEqualTo("fo: cut off, 0 of 3 steps done, step 1 \"Stop the jobs\" for 0:00, T+43:20 (jdoe@jump1)");
    }

    @Test
    void theClocksOfARunThatIsDoneStandStill() {
        assertThat(StatusText.brief(of(false, 9999, at(0, STARTED), at(100, new RunEvent.RunStopped(Ending.DONE, "")))))
                .isEqualTo("fo: done, 0 of 3 steps done, T+1:40 (jdoe@jump1)");
    }

    private List<String> status(boolean underWay, long seconds, Entry... entries) {
        return StatusText.of(of(underWay, seconds, entries), Paint.PLAIN, "runbook resume r1").stream()
                .filter(line -> !line.startsWith("note"))
                .toList();
    }

    private RunStatus of(boolean underWay, long seconds, Entry... entries) {
        return new RunStatus(
                outline,
                List.of(entries),
                RunState.of(List.of(entries)),
                Optional.empty(),
                underWay,
                RunPace.StepTimes.NONE,
                Optional.<Duration>empty(),
                START.plusSeconds(seconds));
    }

    private static RunEvent refused(String step) {
        return new RunEvent.CameBack(
                Work.of(step), 1, 1, Optional.of(Trouble.of("3101", "The database is in use.")), Optional.empty());
    }

    private static RunEvent done(String step) {
        return new RunEvent.StepDone(step);
    }

    private static Entry at(long seconds, RunEvent event) {
        return new Entry(1, START.plusSeconds(seconds), event, "");
    }
}
