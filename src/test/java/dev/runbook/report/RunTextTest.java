package dev.runbook.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Origin;
import dev.runbook.base.Position;
import dev.runbook.base.Row;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import dev.runbook.base.Value;
import dev.runbook.event.Actor;
import dev.runbook.event.Ending;
import dev.runbook.event.Finding;
import dev.runbook.event.Finding.Mismatch;
import dev.runbook.event.Phase;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import dev.runbook.journal.Entry;
import dev.runbook.language.Advice;
import dev.runbook.language.Condition;
import dev.runbook.language.Name;
import dev.runbook.language.Runbook;
import dev.runbook.language.Step;
import dev.runbook.language.Task;
import dev.runbook.language.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunTextTest {
    private static final Instant START = Instant.parse("2026-11-21T03:12:00Z");
    private static final Actor JDOE = new Actor("jdoe", "jump1", 42, "0.1.0");
    private static final RunEvent STARTED =
            new RunEvent.RunStarted(1, "r1", "20261121031209", "fo", "fo.yaml", "00", Map.of(), JDOE);

    private final Outline outline = Outline.of(
            runbook(
                    step("1", "Remove log shipping", List.of("1.1", "1.2"), Task.Retry.ONCE, Advice.NONE),
                    step(
                            "4.2",
                            "Bring mgc online",
                            List.of("4.2.1"),
                            Task.Retry.times(3),
                            new Advice(Map.of("3101", text("Close the query windows.")), Optional.empty()))),
            Text::raw);

    @Test
    void aStepIsOneLineWithNumberOutcomeTimeIdAndTitle() {
        assertThat(plain(STARTED, begun("1"), done("1")))
                .contains(" 1/2   done            0:01  1    Remove log shipping");
    }

    @Test
    void aSkippedStepSaysWhy() {
        assertThat(plain(STARTED, begun("1"), new RunEvent.StepSkipped("1", "no log shipping of mgc")))
                .contains(" 1/2   skipped         0:01  1    Remove log shipping  (no log shipping of mgc)");
    }

    @Test
    void theFailureIsOneScreen() {
        Trouble trouble = new Trouble(
                "3101",
                "lasting",
                false,
                "The database is in use.",
                List.of("RESTORE DATABASE is terminating."),
                place());
        Finding connected = Finding.found(List.of(Row.of("session_id", Value.of(53))));

        List<String> lines = plain(
                STARTED,
                begun("1"),
                new RunEvent.CameBack(Work.of("1"), 1, 1, Optional.empty(), Optional.empty()),
                done("1"),
                begun("4.2"),
                new RunEvent.FactAsked("4.2", Phase.REQUIRE, "connections to mgc", false, connected),
                sent("4.2", 1),
                back("4.2", 1, trouble),
                new RunEvent.AttemptFailed(Work.of("4.2"), 1, trouble),
                sent("4.2", 2),
                back("4.2", 2, trouble),
                new RunEvent.AttemptFailed(Work.of("4.2"), 2, trouble),
                sent("4.2", 3),
                back("4.2", 3, trouble),
                new RunEvent.StepFailed("4.2", trouble, true));

        assertThat(lines)
                .endsWith(
                        " 2/2   FAILED          0:10  4.2  Bring mgc online",
                        "      where     fo.yaml:58:9",
                        "      what      error 3101: The database is in use.",
                        "                RESTORE DATABASE is terminating.",
                        "      fact      no connections to mgc",
                        "                found 1 row (session_id 53), wanted none",
                        "      advice    Close the query windows.",
                        "      tried     3 of 3",
                        "      changed   last by step 1, Remove log shipping; and perhaps by this step",
                        "      in doubt  nothing");
    }

    @Test
    void theErrorOfACmdletIsToldWithTheIdByWhichARunbookNamesIt() {
        Trouble trouble = Trouble.of("ReplicationBusy,Invoke-CsPoolFailOver", "Another failover is under way.");

        assertThat(plain(STARTED, begun("1"), new RunEvent.StepFailed("1", trouble, true)))
                .contains(
                        "      what      error ReplicationBusy,Invoke-CsPoolFailOver: Another failover is under way.");
    }

    @Test
    void aRowIsToldByItsNameFirst() {
        Row row = Row.of("state_desc", Value.of("RESTORING")).with(Row.of("name", Value.of("mgc_1.trn")));
        RunEvent asked = new RunEvent.FactAsked("1", Phase.REQUIRE, "log backups", false, Finding.found(List.of(row)));

        assertThat(plain(
                        STARTED, begun("1"), asked, new RunEvent.StepFailed("1", Trouble.of("required", "No."), false)))
                .contains("                found 1 row (name mgc_1.trn, state_desc RESTORING), wanted none");
    }

    @Test
    void tellsWhatIsWaitedForOnlyAfterAnAttempt() {
        Finding restoring = Finding.notTrue(List.of(), List.of(new Mismatch("state_desc", "RESTORING", "ONLINE")));
        RunEvent asked = new RunEvent.FactAsked("4.2", Phase.DONE_WHEN, "mgc is online", true, restoring);

        assertThat(plain(STARTED, begun("4.2"), asked)).noneMatch(line -> line.contains("mgc is online"));
        assertThat(plain(STARTED, begun("4.2"), new RunEvent.AttemptStarted(Work.of("4.2"), 1, 1), asked))
                .contains("       not yet: mgc is online: state_desc: found RESTORING, wanted ONLINE");
    }

    @Test
    void aFactThatCannotBeAskedIsToldOnceEvenWhereItFailsTheStep() {
        Trouble hungUp = Trouble.of("connection-lost", "The server hung up.");
        Finding unknown = Finding.cannotBeAsked(hungUp);
        RunEvent before = new RunEvent.FactAsked("1", Phase.WHEN, "mgc is online", true, unknown);
        RunEvent after = new RunEvent.FactAsked("1", Phase.DONE_WHEN, "mgc is online", true, unknown);

        assertThat(plain(STARTED, begun("1"), new RunEvent.AttemptStarted(Work.of("1"), 1, 1), after))
                .contains("       mgc is online: cannot be asked: The server hung up.");
        assertThat(plain(STARTED, begun("1"), before, new RunEvent.StepFailed("1", hungUp, false)))
                .contains("      fact      mgc is online: cannot be asked")
                .filteredOn(line -> line.contains("The server hung up."))
                .singleElement()
                .isEqualTo("      what      The server hung up.");
    }

    @Test
    void aFactThatWasAskedForTwoReasonsIsToldOnce() {
        Finding nothing = Finding.notTrue(List.of(), List.of());
        RunEvent before = new RunEvent.FactAsked("1", Phase.DONE_WHEN, "mgc is online", true, nothing);
        RunEvent required = new RunEvent.FactAsked("1", Phase.REQUIRE, "mgc is online", true, nothing);
        Trouble trouble = Trouble.of("required", "Required, and not so.");

        assertThat(plain(STARTED, begun("1"), before, required, new RunEvent.StepFailed("1", trouble, false)))
                .containsOnlyOnce("      fact      mgc is online");
    }

    @Test
    void theSummarySaysWhyAStepWasSkipped() {
        assertThat(plain(
                        STARTED,
                        begun("1"),
                        new RunEvent.StepSkipped("1", "not so: late"),
                        new RunEvent.RunStopped(Ending.DONE, "")))
                .contains("1     1.1, 1.2    skipped         0:01  Remove log shipping  (not so: late)");
    }

    @Test
    void aRunThatGoesBackHasNoNextStep() {
        RunEvent resumed = new RunEvent.RunResumed(Optional.empty(), "00", Map.of(), JDOE);

        assertThat(plain(STARTED, begun("1"), done("1"), resumed, begun("4.2")))
                .contains("1 of 2 steps are behind us. Next is step 4.2, Bring mgc online.");
        assertThat(plain(STARTED, begun("1"), done("1"), resumed, new RunEvent.RollbackStarted(List.of("1"), "jdoe")))
                .contains("Rolling back, last first: 1 (jdoe)")
                .noneMatch(line -> line.contains("Next is step"));
    }

    @Test
    void showsWhatIsSentAndWhichErrorsDidNoHarm() {
        Work work = Work.of("1");

        assertThat(plain(
                        STARTED,
                        begun("1"),
                        new RunEvent.AttemptStarted(work, 1, 2),
                        new RunEvent.Sent(work, 1, 2, "sqlb\\RTC", "KILL 53\n-- end"),
                        new RunEvent.CameBack(
                                work,
                                1,
                                2,
                                Optional.of(Trouble.of("6106", "Process ID 53 is not active.")),
                                Optional.of("the session is already gone"))))
                .contains(
                        "       sqlb\\RTC (2 of 2): KILL 53 ...",
                        "       error 6106 does no harm: the session is already gone");
    }

    @Test
    void aConfirmThatWasAnsweredByNoPersonIsShownWhole() {
        assertThat(plain(STARTED, begun("1"), new RunEvent.Answered("1", "Sure?\nReally?", "yes", true, "--approve")))
                .endsWith("       | Sure?", "       | Really?", "       answered \"yes\" by --approve");
    }

    @Test
    void theSummaryNamesEveryStepAndHowToGoOn() {
        List<String> lines = plain(STARTED, begun("1"), done("1"), new RunEvent.RunStopped(Ending.PAUSED, "As asked."));

        assertThat(lines.subList(3, lines.size()))
                .containsExactly(
                        "",
                        "step  documented  outcome         time  Fail over",
                        "1     1.1, 1.2    done            0:01  Remove log shipping",
                        "4.2   4.2.1       not run               Bring mgc online",
                        "",
                        "PAUSED. After 0:03: 1 done, 1 not run.",
                        "As asked.",
                        "Go on with:  runbook resume r1");
    }

    @Test
    void aFinishedRunOffersNothingToGoOnWith() {
        assertThat(plain(STARTED, new RunEvent.RunStopped(Ending.DONE, "")))
                .noneMatch(line -> line.startsWith("Go on with"));
    }

    @Test
    void aLogHasTheMomentOnEveryLine() {
        List<String> lines = lines(new RunText.Layout(Paint.PLAIN, true), STARTED, begun("1"), done("1"));

        assertThat(lines)
                .allMatch(line -> line.startsWith("2026-11-21T03:12:"))
                .contains("2026-11-21T03:12:01Z   1/2   begins                1    Remove log shipping");
    }

    @Test
    void whichOfSeveralThingsIsSaidOfTheStepUnderWayAlone() {
        RunEvent[] first = {
            STARTED,
            begun("1"),
            new RunEvent.AttemptStarted(Work.of("1"), 1, 5),
            new RunEvent.Sent(Work.of("1"), 1, 3, "sqlb\\RTC", "KILL 53")
        };
        RunEvent[] second = {done("1"), begun("4.2")};

        assertThat(underWay(first)).map(RunText.UnderWay::position).contains("3 of 5");
        assertThat(underWay(Stream.of(first, second).flatMap(Stream::of).toArray(RunEvent[]::new)))
                .contains(new RunText.UnderWay(
                        " 2/2   ...             0:00  4.2",
                        "2/2  4.2  0:00",
                        "Bring mgc online",
                        "",
                        Optional.empty()));
    }

    @Test
    void anAnswerThatDidNotComeIsSaidUntilTheNextAttempt() {
        Work work = Work.of("1");
        Trouble lost = new Trouble("connection-lost", "transient", true, "It hung up.", List.of(), Optional.empty());
        RunEvent[] events = {
            STARTED,
            begun("1"),
            new RunEvent.AttemptStarted(work, 1, 1),
            new RunEvent.CameBack(work, 1, 1, Optional.of(lost), Optional.empty()),
            new RunEvent.NoteTaken("looks bad", "jdoe"),
            new RunEvent.AttemptStarted(work, 2, 1)
        };

        assertThat(underWay(Arrays.copyOf(events, 5)).flatMap(RunText.UnderWay::lost))
                .contains(Duration.ofSeconds(1));
        assertThat(underWay(events).flatMap(RunText.UnderWay::lost)).isEmpty();
    }

    @Test
    void aStepIsUnderWayAgainWhileItIsTakenBackAndItsTimeIsThatOfTheWayBack() {
        RunEvent[] events = {
            STARTED,
            begun("1"),
            sent("1", 1),
            new RunEvent.CameBack(Work.of("1"), 1, 1, Optional.empty(), Optional.empty()),
            done("1"),
            begun("4.2"),
            sent("4.2", 1),
            back("4.2", 1, Trouble.of("x", "No.")),
            new RunEvent.StepFailed("4.2", Trouble.of("x", "No."), true),
            new RunEvent.RollbackStarted(List.of("4.2", "1"), "jdoe"),
            new RunEvent.StepUndone("4.2", ""),
            new RunEvent.AttemptStarted(Work.undo("1", 1), 1, 1),
            new RunEvent.StepUndone("1", "")
        };

        assertThat(underWay(Arrays.copyOf(events, 12)))
                .map(RunText.UnderWay::head)
                .contains(" 1/2   undoing         0:01  1  ");
        assertThat(plain(events))
                .endsWith(
                        " 2/2   undone          0:01  4.2  Bring mgc online",
                        " 1/2   undone          0:02  1    Remove log shipping");
    }

    @Test
    void coloursChangeNothingButTheColour() {
        RunEvent[] events = {
            STARTED,
            begun("1"),
            new RunEvent.StepFailed("1", Trouble.of("x", "No."), false),
            new RunEvent.RunStopped(Ending.FAILED_UNCHANGED, "")
        };
        List<String> coloured = lines(new RunText.Layout(Paint.COLOURED, false), events);

        assertThat(String.join("\n", coloured)).contains("\u001b[1;31m");
        assertThat(coloured.stream().map(line -> line.replaceAll("\u001b\\[[0-9;]*m", "")))
                .isEqualTo(plain(events));
    }

    /** The step under way at the moment of the last event. */
    private Optional<RunText.UnderWay> underWay(RunEvent... events) {
        RunText text = new RunText(outline, new RunText.Layout(Paint.PLAIN, false), () -> "");
        for (int i = 0; i < events.length; i++) {
            text.add(new Entry(i + 1, START.plusSeconds(i), events[i], ""));
        }
        return text.underWay(START.plusSeconds(events.length - 1));
    }

    private List<String> plain(RunEvent... events) {
        return lines(new RunText.Layout(Paint.PLAIN, false), events);
    }

    private List<String> lines(RunText.Layout layout, RunEvent... events) {
        RunText text = new RunText(outline, layout, () -> "runbook resume r1");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < events.length; i++) {
            lines.addAll(text.add(new Entry(i + 1, START.plusSeconds(i), events[i], "")));
        }
        return lines;
    }

    private static RunEvent begun(String step) {
        return new RunEvent.StepBegun(step);
    }

    private static RunEvent sent(String step, int attempt) {
        return new RunEvent.AttemptStarted(Work.of(step), attempt, 1);
    }

    private static RunEvent back(String step, int attempt, Trouble trouble) {
        return new RunEvent.CameBack(Work.of(step), attempt, 1, Optional.of(trouble), Optional.empty());
    }

    private static RunEvent done(String step) {
        return new RunEvent.StepDone(step);
    }

    private static Optional<String> place() {
        return Optional.of("fo.yaml:58:9");
    }

    private static Runbook runbook(Step... steps) {
        return new Runbook(
                Source.of("fo.yaml", ""),
                name("fo"),
                text("Fail over"),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                Arrays.asList(steps));
    }

    private static Step step(String id, String title, List<String> documents, Task.Retry retry, Advice advice) {
        Task task = new Task(
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Condition.NONE,
                Optional.empty(),
                retry,
                Optional.empty(),
                Optional.empty());
        return new Step(
                name(id),
                text(title),
                Optional.empty(),
                documents.stream().map(RunTextTest::name).toList(),
                Condition.NONE,
                Condition.NONE,
                Map.of(),
                Optional.empty(),
                task,
                Optional.empty(),
                advice);
    }

    private static Name name(String text) {
        return new Name(text, origin());
    }

    private static Text text(String raw) {
        return new Text(raw, origin());
    }

    private static Origin origin() {
        return Origin.of(Source.of("fo.yaml", ""), Span.at(Position.START));
    }
}
