package dev.runbook.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Source;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.event.Actor;
import dev.runbook.event.Decision;
import dev.runbook.event.RunEvent;
import dev.runbook.language.Runbook;
import dev.runbook.language.RunbookReader;
import dev.runbook.plan.Plan;
import dev.runbook.site.SiteBinder;
import dev.runbook.state.RunFold;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:12:09Z");
    private static final String TROUBLE = "The disk is full.";
    private static final String RUNBOOK = """
            runbook: small
            title: Small
            steps:
              - step: 1
                title: Ask
                confirm: Sure?
            """;

    private final Plan plan = plan();
    private final List<RunEvent> journal = new ArrayList<>();
    private final Deque<Reply> answers = new ArrayDeque<>();
    private final List<Question> asked = new ArrayList<>();
    private final RunFold fold = new RunFold(
            NOW,
            new RunEvent.RunStarted(
                    1,
                    "run",
                    "20261121031209",
                    "small",
                    "small.yaml",
                    "digest",
                    Map.of(),
                    new Actor("jdoe", "dr-jump1", 1, "test")));

    @Test
    void aChangeThatIsRefusedIsOneLineAndTheSameQuestionAgain() {
        answers.add(new Reply.Answered("change", "nope=3", "jdoe"));
        answers.add(new Reply.Answered("pause", "", "jdoe"));

        Decision decision = decide(refused("There is no variable \"nope\"."));

        assertThat(decision).isEqualTo(Decision.PAUSE);
        assertThat(asked).extracting(Question::message).containsExactly(TROUBLE, "There is no variable \"nope\".");
        assertThat(asked.get(1)).isEqualTo(asked.get(0).withMessage("There is no variable \"nope\"."));
        assertThat(decided()).containsExactly(new RunEvent.Decided("1", Decision.PAUSE, "", "jdoe"));
    }

    @Test
    void aChangeThatIsTakenIsInTheJournalWithoutItsValue() {
        answers.add(new Reply.Answered("change", "word=hush", "jdoe"));

        Decision decision = decide((plan, state, assignment) -> new Engine.SiteChange.Outcome.Changed(plan, Map.of()));

        assertThat(decision).isEqualTo(Decision.CHANGE);
        assertThat(decided()).containsExactly(new RunEvent.Decided("1", Decision.CHANGE, "", "jdoe"));
    }

    @Test
    void backWithNothingToTakeBackDecidesNothing() {
        answers.add(new Reply.Answered("back", "", "jdoe"));
        answers.add(new Reply.Answered("retry", "", "jdoe"));

        Decision decision = decide(Engine.SiteChange.NEVER);

        assertThat(decision).isEqualTo(Decision.RETRY);
        assertThat(asked).extracting(Question::message).containsExactly(TROUBLE, "There is nothing to take back.");
    }

    /** What is in the journal besides the questions. */
    private List<RunEvent> decided() {
        return journal.stream()
                .filter(event -> !(event instanceof RunEvent.QuestionAsked))
                .toList();
    }

    private Decision decide(Engine.SiteChange change) {
        Recorder recorder = new Recorder(
                event -> {
                    journal.add(event);
                    return NOW;
                },
                fold);
        Decisions.Dialogue dialogue = new Decisions.Dialogue(
                question -> {
                    asked.add(question);
                    return answers.remove();
                },
                recorder);
        Decisions decisions = new Decisions(
                dialogue, recorder, Map.of(), assignment -> change.change(plan, fold.state(), assignment));
        // nothing here comes to a gate that needs workers
        decisions.stand(new Decisions.Ground(plan, null));
        Decisions.Way way = decisions.decide(plan.runbook().steps().get(0), Question.Kind.FAILURE, TROUBLE);
        return ((Decisions.Way.Decided) way).decision();
    }

    private static Engine.SiteChange refused(String message) {
        return (plan, state, assignment) -> new Engine.SiteChange.Outcome.Refused(message);
    }

    private static Plan plan() {
        Runbook runbook = new RunbookReader()
                .read(Source.of("small.yaml", RUNBOOK))
                .value()
                .orElseThrow();
        return new Plan(
                runbook,
                SiteBinder.withoutSecrets()
                        .bind(runbook, List.of(), "run", "20261121031209")
                        .value()
                        .orElseThrow(),
                "digest");
    }
}
