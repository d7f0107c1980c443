package dev.runbook.cli;

import dev.runbook.agreement.ApprovalFile;
import dev.runbook.base.Suggestion;
import dev.runbook.endpoint.Reply;
import dev.runbook.engine.Engine;
import dev.runbook.event.Decision;
import dev.runbook.language.Step;
import dev.runbook.session.Answers;
import dev.runbook.session.OpenedRunbook;
import dev.runbook.session.PlannedRun;
import dev.runbook.site.SuppliedValue;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.GivenAnswers;
import dev.runbook.terminal.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** Answers that are given before anybody asks. */
final class AnswerOptions {
    private static final String APPROVE = "--approve";
    private static final Map<String, Decision> DECISIONS = Map.of(
            "retry", Decision.RETRY,
            "skip", Decision.SKIP,
            "done-by-hand", Decision.DONE_BY_HAND,
            "roll-back", Decision.ROLL_BACK,
            "rollback", Decision.ROLL_BACK,
            "pause", Decision.PAUSE);

    @Option(
            names = "--approve",
            paramLabel = "STEP=ANSWER",
            description = {
                "The answer to the confirm of one step, as it would be typed; may be given many times, and is used"
                        + " once.",
                "There is no answer for all. Quote it where it has blanks:",
                "--approve \"0.1=DC1 IS LOST\"",
                "Where more is at stake, the answer names that too: 4.2/again (what was sent before may have happened),"
                        + " 3/skip=SKIP, 5/done=\"COUNT AS DONE\" (against what its facts say)."
            })
    private List<String> approvals = List.of();

    @Option(
            names = "--seen",
            paramLabel = "ID",
            description = {
                "The id of the question that --approve answers, as status --format json shows it; may be given many"
                        + " times.",
                "With it an answer of --approve counts only for a question with one of these ids: where another one is"
                        + " asked by now, the answer is not used."
            })
    private List<String> seen = List.of();

    @Option(
            names = "--on-failure",
            paramLabel = "stop|rollback",
            defaultValue = "stop",
            description = {
                "What happens at a failure when nobody is there to decide: stop, or take back what was started.",
                "Past a point of no return it always stops. Default: ${DEFAULT-VALUE}."
            })
    private String onFailure = "stop";

    @Option(
            names = "--decide",
            paramLabel = "STEP=DECISION",
            description = {
                "How to go on with a step that failed or is in doubt: retry, skip:REASON, done-by-hand:REASON,"
                        + " roll-back, pause. Used once; should it fail again, somebody is asked.",
                "To change a variable and retry: resume with --var NAME=VALUE, or --without NAME."
            })
    private List<String> decisions = List.of();

    @Option(
            names = "--approvals",
            paramLabel = "FILE",
            description = {
                "Answers to confirms from a file that plan --approve-file wrote. They are worth nothing once they have"
                        + " expired, or if the plan is another one by now: the difference is shown.",
                "Where --approve answers the same step, that counts."
            })
    private Optional<String> approvalFile = Optional.empty();

    /**
     * The answers for a runbook; refuses those for a step that it does not have, and a file that was made for another plan.
     *
     * @param values with which the run is to work
     * @param standing the id of the question at which the run stands; empty where it stands at none, or is yet to begin
     */
    Answers of(
            OpenedRunbook opened,
            List<Map<String, SuppliedValue>> values,
            Optional<String> standing,
            CliContext around) {
        Map<String, GivenAnswers.Given> approved = new LinkedHashMap<>();
        approvalFile
                .map(around::path)
                .ifPresent(file -> ApprovalFile.read(file)
                        .answersFor(
                                PlannedRun.print(opened, values, around),
                                around.clock().instant(),
                                file)
                        .forEach(given -> approved.put(given.key(), given)));
        approved.forEach((key, given) ->
                opened.requireAnswer(given.answer().by(), key, given.answer().text()));
        if (approvals.isEmpty() && !seen.isEmpty()) {
            throw Refusal.usage("--seen says which question --approve answers: give --approve STEP=ANSWER too.");
        }
        typed(approvals, seen, standing, opened, around).forEach(given -> approved.put(given.key(), given));
        return new Answers(List.copyOf(approved.values()), decisions(decisions, opened, around), onFailure());
    }

    /** Answers by what they answer, as they were given with {@code --approve}; refuses those that cannot be right. */
    static Map<String, String> approvals(List<String> given, OpenedRunbook opened) {
        Map<String, String> answers = byName(APPROVE, "ANSWER", given);
        answers.forEach((key, answer) -> opened.requireAnswer(APPROVE, key, answer));
        return answers;
    }

    /** Refuses answers to what can be answered only once it is asked: the run that they are for is yet to begin. */
    void refuseInAdvance(OpenedRunbook opened) {
        refuseInAdvance(byName(APPROVE, "ANSWER", approvals), opened);
    }

    /** The same for answers by what they answer. */
    static void refuseInAdvance(Map<String, String> answers, OpenedRunbook opened) {
        answers.keySet().stream()
                .filter(key -> opened.runbook()
                        .step(key.replaceFirst("/again$", ""))
                        .flatMap(Step::confirm)
                        .filter(confirm -> !confirm.inAdvance())
                        .isPresent())
                .findFirst()
                .ifPresent(key -> {
                    throw Refusal.usage(APPROVE + " answers " + key
                            + ", which can be answered only once it is asked. Run"
                            + " without that answer: the run pauses there, and resume RUN " + APPROVE + " " + key
                            + "=ANSWER answers. Nothing was begun.");
                });
    }

    /**
     * The same, to be handed over.
     *
     * @param seen ids of the questions that they answer; none where they answer whatever is asked
     * @param standing the id of the question at which the run stands
     */
    static List<GivenAnswers.Given> typed(
            List<String> given, List<String> seen, Optional<String> standing, OpenedRunbook opened, CliContext around) {
        String by = ByOption.given(APPROVE, around);
        return approvals(given, opened).entrySet().stream()
                .map(each -> new GivenAnswers.Given(
                        each.getKey(),
                        new Reply.Answered(each.getValue(), "", by),
                        Optional.empty(),
                        new TreeSet<>(seen),
                        Optional.of(around.actor().user()),
                        standing))
                .toList();
    }

    /** Says where a run without a terminal will pause, since nobody can be asked there. */
    static void tellUnanswered(OpenedRunbook opened, Answers answers, Predicate<String> isBehind, CliContext around) {
        List<String> open = opened.asking().stream()
                .filter(step -> !answers.answers(step) && !isBehind.test(step))
                .toList();
        if (!around.terminal() && !open.isEmpty()) {
            around.err()
                    .println("Input and output are not both a terminal, so nobody can be asked; and there is no answer"
                            + " yet to what these steps ask: "
                            + String.join(", ", open)
                            + ". The run will pause at the first of them whose turn comes. (--approve"
                            + " STEP=ANSWER)");
        }
    }

    /** What was given as {@code STEP=DECISION}, by step; refuses a step that there is not. */
    static Map<String, Engine.PriorDecision> decisions(List<String> given, OpenedRunbook opened, CliContext around) {
        String by = ByOption.given(Engine.PriorDecision.OPTION, around);
        Map<String, Engine.PriorDecision> decided = new LinkedHashMap<>();
        byStep(Engine.PriorDecision.OPTION, "DECISION", given, opened)
                .forEach((step, decision) -> decided.put(step, decision(step, decision, by)));
        return decided;
    }

    private Engine.OnFailure onFailure() {
        return switch (onFailure) {
            case "stop" -> Engine.OnFailure.STOP;
            case "rollback" -> Engine.OnFailure.ROLLBACK;
            default -> throw Refusal.usage("--on-failure is stop or rollback, not " + onFailure + ".");
        };
    }

    /** What was given as {@code STEP=…}, by step; refuses a step that there is not. */
    static Map<String, String> byStep(String option, String value, List<String> given, OpenedRunbook opened) {
        Map<String, String> byStep = byName(option, value, given);
        byStep.keySet().forEach(step -> opened.requireStep(option, step));
        return byStep;
    }

    private static Map<String, String> byName(String option, String value, List<String> given) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String text : given) {
            int equals = text.indexOf('=');
            if (equals < 1 || equals == text.length() - 1) {
                throw Refusal.usage(option + " " + text + " is not STEP=" + value + ", such as " + option + " 4.2="
                        + (option.equals(APPROVE) ? "RECOVER." : "retry."));
            }
            byName.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return byName;
    }

    private static Engine.PriorDecision decision(String step, String text, String by) {
        int colon = text.indexOf(':');
        String word = colon < 0 ? text : text.substring(0, colon);
        String reason = colon < 0 ? "" : text.substring(colon + 1).strip();
        Decision decision = DECISIONS.get(word);
        if (decision == null) {
            throw Refusal.usage("--decide " + step + "=" + word + ": a decision is one of "
                    + String.join(", ", DECISIONS.keySet().stream().sorted().toList()) + "."
                    + Suggestion.didYouMean(word, DECISIONS.keySet()));
        }
        boolean needsReason = decision == Decision.SKIP || decision == Decision.DONE_BY_HAND;
        if (needsReason && reason.isEmpty()) {
            throw Refusal.usage("--decide " + step + "=" + word
                    + " needs a reason, which is kept in the journal: --decide \"" + step + "=" + word + ":REASON\".");
        }
        return new Engine.PriorDecision(decision, reason, by);
    }
}
