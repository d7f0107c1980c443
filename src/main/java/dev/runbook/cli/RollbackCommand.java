package dev.runbook.cli;

import dev.runbook.engine.Engine;
import dev.runbook.engine.RollbackPlan;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.runs.RunLock;
import dev.runbook.session.Answers;
import dev.runbook.session.ExistingRun;
import dev.runbook.session.OpenedRunbook;
import dev.runbook.session.RunSession;
import dev.runbook.site.SuppliedValue;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.GivenAnswers;
import dev.runbook.terminal.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rollback}: takes back what a run started. */
@CommandLine.Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Takes back what a run started, the last step first, down to the newest point of no return that was"
                    + " passed.",
            "Shows the list and touches nothing unless --go is given."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  runbook rollback runs/2026-11-21T03-12-09Z-failover-k7q2        shows what would be taken back",
            "  runbook rollback runs/2026-11-21T03-12-09Z-failover-k7q2 --go   does it",
            "  runbook rollback runs/2026-11-21T03-12-09Z-failover-k7q2 --go --decide \"5=done-by-hand:set back by the"
                    + " mail team\""
        })
final class RollbackCommand implements CommandTree.Command {
    private CliContext context;

    @Parameters(paramLabel = "RUN", description = "The folder of the run, or its id.")
    private String run = "";

    @Option(names = "--go", description = "Takes it back. Without it the list is shown, and nothing else happens.")
    private boolean go;

    @Option(
            names = "--decide",
            paramLabel = "STEP=done-by-hand:REASON",
            description =
                    "This step is taken back by hand already: it counts as taken back, and nothing is sent for it."
                            + " May be given many times.")
    private List<String> decisions = List.of();

    @Mixin
    private ResumeCommand.TakeOver takeOver = new ResumeCommand.TakeOver();

    @Mixin
    private ResumeCommand.PlanRelease release = new ResumeCommand.PlanRelease();

    @Mixin
    private ResumeCommand.Targets targets = new ResumeCommand.Targets();

    @Option(
            names = "--approve",
            paramLabel = "STEP/rollback=ANSWER",
            description = {
                "The answer to what is asked before a rollback past a point of no return (4.2/rollback=\"ROLL BACK\"),"
                        + " or by an action of a rollback (STEP/undo=ANSWER), where nobody can be asked."
            })
    private List<String> approvals = List.of();

    @Mixin
    private VariableOptions variables = new VariableOptions();

    @Mixin
    private ByOption by = new ByOption();

    @Mixin
    private RunsOption runs = new RunsOption();

    RollbackCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public boolean worksOnServers() {
        return true;
    }

    @Override
    public ExitCode execute() {
        context = by.in(context);
        ExistingRun seen = ExistingRun.open(runs.run(run, context));
        seen.refuseRehearsal();
        takeOver.refuseForeign(seen);
        takeOver.refuseOpenEnd(seen);
        String command = RunSession.rollbackCommand(seen.folder(), context);
        return go
                ? seen.locked(
                        takeOver.isWanted(),
                        takeOver.last(),
                        command,
                        context,
                        (now, lock) -> rollBack(now, Optional.of(lock)))
                : rollBack(seen, Optional.empty());
    }

    /**
     * Shows what is to be taken back, and takes it back.
     *
     * @param lock of the run; empty where it is only shown
     */
    private ExitCode rollBack(ExistingRun existing, Optional<RunLock> lock) {
        if (existing.state().ending().filter(Ending.ROLLED_BACK::equals).isPresent()) {
            throw Refusal.usage("The run " + existing.folder().id() + " is taken back already.");
        }
        OpenedRunbook opened = existing.runbook(Optional.empty(), false, context);
        List<Map<String, SuppliedValue>> values =
                variables.over(existing.folder().site(), opened, context);
        Optional<String> released = release.apply(existing, opened, values, context);
        List<GivenAnswers.Given> approved =
                AnswerOptions.typed(approvals, List.of(), existing.standing(), opened, context);
        RollbackPlan.Outline outline =
                RollbackPlan.Outline.of(existing.outline(opened, values, context), existing.state());
        Map<String, Engine.PriorDecision> byHand = byHand(opened, outline.list());
        outline.lines().forEach(context.out()::println);
        if (isNothingLeft(existing, outline.list(), lock)) {
            context.err().println("Nothing was touched. The run stays as it is, and can be resumed.");
            return go && outline.list().barrier().isPresent() ? ExitCode.FAILED_CHANGED : ExitCode.DONE;
        }
        if (lock.isEmpty()) {
            context.err().println("Nothing was touched. Add --go to take this back.");
            return ExitCode.DONE;
        }
        String command = RunSession.rollbackCommand(existing.folder(), context);
        return existing.goOn(
                context,
                lock.get(),
                new ExistingRun.Resumption(
                        opened,
                        values,
                        new Answers(approved, byHand, Engine.OnFailure.STOP),
                        command,
                        released,
                        targets.accepted()),
                RunCommand.REAL,
                engine -> engine.rollBack(context.actor().name()));
    }

    /** A rollback that was begun before has its end still to come, and somebody who works on the run may yet start steps. */
    private static boolean isNothingLeft(ExistingRun run, RollbackPlan list, Optional<RunLock> own) {
        return list.steps().isEmpty()
                && run.state().rollingBack().isEmpty()
                && (own.isPresent() || !RunLock.isHeld(run.folder()));
    }

    private Map<String, Engine.PriorDecision> byHand(OpenedRunbook opened, RollbackPlan list) {
        Map<String, Engine.PriorDecision> byHand = AnswerOptions.decisions(decisions, opened, context);
        List<String> back = list.steps().stream().map(step -> step.id().text()).toList();
        byHand.forEach((step, decision) -> {
            if (decision.decision() != Decision.DONE_BY_HAND) {
                throw Refusal.usage("--decide " + step + ": on the way back the one decision is done-by-hand:REASON,"
                        + " for a step that is taken back by hand already.");
            }
            if (!back.contains(step)) {
                throw Refusal.usage("--decide names the step " + step + ", which is not to be taken back. "
                        + (back.isEmpty() ? "None is." : "To be taken back: " + String.join(", ", back) + "."));
            }
        });
        return byHand;
    }
}
