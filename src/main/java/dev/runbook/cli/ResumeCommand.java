package dev.runbook.cli;

import dev.runbook.agreement.PlanFile;
import dev.runbook.base.Suggestion;
import dev.runbook.event.AgreedPlan;
import dev.runbook.language.Runbook;
import dev.runbook.language.Variable;
import dev.runbook.runs.RunFolder;
import dev.runbook.runs.RunLock;
import dev.runbook.session.Answers;
import dev.runbook.session.ExistingRun;
import dev.runbook.session.OpenedRunbook;
import dev.runbook.session.PlannedRun;
import dev.runbook.session.RunSession;
import dev.runbook.session.Stage;
import dev.runbook.session.StepsAgain;
import dev.runbook.site.SuppliedValue;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code resume}: goes on with a run. */
@CommandLine.Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {
            "Goes on with a run where it stopped, or where a crash cut it off, also on another machine and by another"
                    + " person: all that is needed lies in the run's folder.",
            "A step of which nobody knows whether it happened is looked at first. What is done is never done again.",
            "On a terminal, a line that is typed while steps run is a note: it is kept in the journal."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  runbook resume runs/2026-11-21T03-12-09Z-failover-k7q2",
            "  runbook resume 2026-11-21T03-12-09Z-failover-k7q2 --var log_share_lost=true",
            "  runbook resume 2026-11-21T03-12-09Z-failover-k7q2 --decide \"4.2=done-by-hand:recovered in Management"
                    + " Studio\""
        })
final class ResumeCommand implements CommandTree.Command {
    private CliContext context;

    @Parameters(paramLabel = "RUN", description = "The folder of the run, or its id. The command list shows them all.")
    private String run = "";

    @Mixin
    private VariableOptions variables = new VariableOptions();

    @Mixin
    private AnswerOptions answers = new AnswerOptions();

    @Mixin
    private ByOption by = new ByOption();

    @Mixin
    private ResultOption result = new ResultOption();

    @Mixin
    private RunsOption runs = new RunsOption();

    @Option(
            names = "--without",
            paramLabel = "NAME",
            description = "From now on this optional variable is not given; may be given many times.")
    private List<String> without = List.of();

    @Option(
            names = "--runbook",
            paramLabel = "FILE",
            description = "An edited runbook in place of the one that the run began with. Steps that are finished or in"
                    + " doubt must be as they were, or be accepted (--accept-changed); what changed is shown line"
                    + " by line.")
    private Optional<String> edited = Optional.empty();

    @Option(
            names = "--again",
            paramLabel = "STEP",
            description = "Runs a finished step once more, before the run goes on; may be given many times.")
    private List<String> again = List.of();

    @Option(
            names = "--from",
            paramLabel = "STEP",
            description = "Goes back to this step and on from there, no further than behind the last point of no return"
                    + " that was passed. What is done already is seen to be done.")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--accept-changed",
            description = "Goes on although steps that are finished are other ones in the edited runbook. They stay"
                    + " finished.")
    private boolean acceptChanged;

    @Mixin
    private TakeOver takeOver = new TakeOver();

    @Mixin
    private PlanRelease release = new PlanRelease();

    @Mixin
    private Targets targets = new Targets();

    ResumeCommand(CliContext context) {
        this.context = context;
    }

    /** A resume with values and answers that were given to another command. */
    ResumeCommand(CliContext context, VariableOptions variables, AnswerOptions answers) {
        this.context = context;
        this.variables = variables;
        this.answers = answers;
    }

    @Override
    public boolean worksOnServers() {
        return true;
    }

    @Override
    public ExitCode execute() {
        context = by.in(context);
        RunFolder folder = runs.run(run, context);
        return result.of(Optional.of(folder), context, stage -> {
            ExistingRun seen = ExistingRun.open(folder);
            seen.refuseRehearsal();
            return resume(seen, stage);
        });
    }

    /** Goes on with a run that was looked at. */
    ExitCode resume(ExistingRun seen, Stage stage) {
        refuseOver(seen);
        takeOver.refuseForeign(seen);
        takeOver.refuseOpenEnd(seen);
        String command = RunSession.resumeCommand(seen.folder(), context);
        return seen.locked(
                takeOver.isWanted(),
                takeOver.last(),
                command,
                context,
                (now, lock) -> resume(now, lock, command, stage));
    }

    private void refuseOver(ExistingRun existing) {
        if (existing.state().isOver() && new StepsAgain(again, from).isEmpty()) {
            throw Refusal.usage("The run " + existing.folder().id() + " is over. There is nothing to go on with.");
        }
    }

    private ExitCode resume(ExistingRun existing, RunLock lock, String command, Stage stage) {
        refuseOver(existing);
        StepsAgain repeats = new StepsAgain(again, from);
        OpenedRunbook opened = existing.runbook(edited, acceptChanged, context);
        without.forEach(name -> requireOptional(opened.runbook(), name));
        List<Map<String, SuppliedValue>> values =
                leftOut(variables.over(existing.folder().site(), opened, context));
        Optional<String> released = release.apply(existing, opened, values, context);
        Answers given = answers.of(opened, values, existing.standing(), context);
        again.forEach(step -> opened.requireStep("--again", step));
        from.ifPresent(step -> opened.requireStep("--from", step));
        List<String> repeated = repeats.of(opened.runbook(), existing.state());
        AnswerOptions.tellUnanswered(
                opened,
                given,
                step -> existing.state().step(step).status().isFinished() && !repeated.contains(step),
                context);
        return existing.goOn(
                context,
                lock,
                new ExistingRun.Resumption(opened, values, given, command, released, targets.accepted()),
                stage,
                engine -> {
                    engine.again(repeated, context.actor().name());
                    return engine.run();
                });
    }

    private static void requireOptional(Runbook runbook, String name) {
        Variable variable = runbook.variables().get(name);
        if (variable == null) {
            throw Refusal.usage("--without " + name + ": " + runbook.id() + " has no variable " + name + "."
                    + Suggestion.didYouMean(name, runbook.variables().keySet()));
        }
        if (!variable.optional()) {
            throw Refusal.usage("--without " + name
                    + ": this variable is not optional. To give it another value: --var " + name + "=VALUE.");
        }
    }

    private List<Map<String, SuppliedValue>> leftOut(List<Map<String, SuppliedValue>> values) {
        return values.stream()
                .<Map<String, SuppliedValue>>map(map -> {
                    Map<String, SuppliedValue> rest = new LinkedHashMap<>(map);
                    rest.keySet().removeAll(without);
                    return rest;
                })
                .toList();
    }

    /** Works on a run in place of a process that is gone. */
    static final class TakeOver {
        @Option(
                names = "--take-over",
                description = {
                    "Goes on although another process seems to work on the run: one that is gone, and whose lock was"
                            + " left behind.",
                    "Refused while that process is alive on this computer. On another computer you must know."
                })
        private boolean takeOver;

        @Option(
                names = "--trust-owner",
                paramLabel = "ACCOUNT",
                description = {
                    "Takes the folder of a run that belongs to this other account, and whatever it says: servers,"
                            + " programs, files.",
                    "Folders of a team (--shared-runs) need it not."
                })
        private Optional<String> owner = Optional.empty();

        /** Refuses the folder of a run that somebody else could have put there. */
        void refuseForeign(ExistingRun run) {
            run.refuseForeign(owner);
        }

        @Option(
                names = "--last",
                paramLabel = "HASH",
                description = {
                    "The hash of the last line of the journal, as it was kept elsewhere, or its first 16 digits:"
                            + " refused if the journal ends otherwise.",
                    "Needed where journal.jsonl.last is gone, without which nobody notices lines that are missing at"
                            + " the end."
                })
        private Optional<String> last = Optional.empty();

        /** Refuses a journal that may have lost its end. */
        void refuseOpenEnd(ExistingRun run) {
            run.refuseOpenEnd(last);
        }

        /** The hash that the last line of the journal is to have. */
        Optional<String> last() {
            return last;
        }

        /** Whether the run is to be taken from a process that is gone. */
        boolean isWanted() {
            return takeOver;
        }
    }

    /** Takes servers and shells that are not reached as before. */
    static final class Targets {
        @Option(
                names = ExistingRun.ACCEPT_TARGET,
                paramLabel = "NAME",
                description = {
                    "This server or management shell may be reached otherwise than the run did so far: by another"
                            + " program, module, address, encryption or login. May be given many times.",
                    "Without it the difference is shown, and nothing is begun."
                })
        private Set<String> accepted = Set.of();

        /** Their variables. */
        Set<String> accepted() {
            return accepted;
        }
    }

    /** Holds a run to the plan that it is bound to, or lets somebody release it. */
    static final class PlanRelease {
        @Option(
                names = "--release-plan",
                paramLabel = "REASON",
                description =
                        "Releases the run from the plan that it was bound to (run --plan). The journal says by whom,"
                                + " and why.")
        private Optional<String> reason = Optional.empty();

        /** The reason to release it; empty where it is not. Refuses a run that would be another than its plan. */
        Optional<String> apply(
                ExistingRun run, OpenedRunbook opened, List<Map<String, SuppliedValue>> values, CliContext context) {
            Optional<AgreedPlan> bound = run.bound();
            if (bound.isEmpty() && reason.isPresent()) {
                throw Refusal.usage("--release-plan: the run " + run.folder().id() + " is bound to no plan.");
            }
            if (reason.filter(String::isBlank).isPresent()) {
                throw Refusal.usage("--release-plan needs a reason, which is kept in the journal.");
            }
            if (reason.isEmpty()) {
                bound.ifPresent(plan -> PlanFile.hold(
                        plan, PlannedRun.print(opened, values, context), Optional.of(context.path(plan.file()))));
            }
            return reason;
        }
    }
}
