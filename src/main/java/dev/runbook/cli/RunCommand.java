package dev.runbook.cli;

import dev.runbook.agreement.PlanFile;
import dev.runbook.endpoint.powershell.ChildProcessLauncher;
import dev.runbook.event.AgreedPlan;
import dev.runbook.runs.RunFolder;
import dev.runbook.session.Answers;
import dev.runbook.session.ExistingRun;
import dev.runbook.session.NewRun;
import dev.runbook.session.OpenedRunbook;
import dev.runbook.session.PlannedRun;
import dev.runbook.session.Stage;
import dev.runbook.site.SuppliedValue;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run}: the real thing. */
@CommandLine.Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Carries a runbook out, step by step, on the real servers.",
            "What is done already is left alone. A person is asked before what cannot be undone. Ctrl-C stops after the"
                    + " step that is under way; a second Ctrl-C cancels that step. Nothing is rolled back by itself.",
            "With --id the same command begins the run, goes on with it, and says how it ended, whoever gives it and"
                    + " how often.",
            "On a terminal, a line that is typed while steps run is a note: it is kept in the journal."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  runbook run failover --vars litware.yaml --runs \\\\fs2\\runs",
            "  runbook run failover.yaml --vars litware.yaml --var log_share_lost=true",
            "  runbook run failover --vars litware.yaml --plan agreed.json --approvals yes.json",
            "  runbook run failover --vars litware.yaml --approve \"0.1=DC1 IS LOST\" --approve 4.2=RECOVER"
        })
final class RunCommand implements CommandTree.Command {
    static final Stage REAL = new Stage(
            mask -> new ChildProcessLauncher(mask),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            Optional.empty());

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private CliContext context;

    @Parameters(paramLabel = "FILE", description = "The runbook: a path, or the name of one inside this program.")
    private String file = "";

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
            names = "--new",
            description = "Begins a new run although an unfinished one of the same runbook lies there.")
    private boolean beside;

    @Option(
            names = "--id",
            paramLabel = "NAME",
            description = {
                "The id of the run, which is the name of its folder. Where there is none of that name it begins; where"
                        + " it lies there it is resumed; where it is over, this ends at once with the code of its ending.",
                "Unfinished runs of other names do not matter then. Given twice at once, one works and the other ends"
                        + " with 75."
            })
    private Optional<String> id = Optional.empty();

    @Option(
            names = "--shared-runs",
            description =
                    "The group of the folder of all runs may work on this run too, as it may anyway where that folder"
                            + " belongs to a team: where its group may write, and what is made in it gets its group (chmod"
                            + " g+ws).")
    private boolean shared;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description =
                    "Runs only what this file of plan --out has planned: if the runbook, a variable or a server is"
                            + " another one by now, it shows the difference and begins nothing.")
    private Optional<String> planned = Optional.empty();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why it is run, such as the number of a change: the first note of the journal.")
    private Optional<String> reason = Optional.empty();

    RunCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public boolean worksOnServers() {
        return true;
    }

    @Override
    public ExitCode execute() {
        context = by.in(context);
        Optional<RunFolder> named = id.map(this::named);
        return result.of(named, context, stage -> execute(named, stage));
    }

    private ExitCode execute(Optional<RunFolder> named, Stage stage) {
        OpenedRunbook opened = OpenedRunbook.named(file, context);
        if (named.filter(RunFolder::holdsRun).isPresent()) {
            return goOn(named.get(), opened, stage);
        }
        List<Map<String, SuppliedValue>> values = variables.strongestFirst(opened.runbook(), context);
        Optional<AgreedPlan> agreed = planned.map(context::path)
                .map(plan -> PlanFile.read(plan)
                        .agreed(
                                plan,
                                PlannedRun.print(opened, values, context),
                                PlannedRun.words(opened, values, context)));
        answers.refuseInAdvance(opened);
        Answers given = answers.of(opened, values, Optional.empty(), context);
        NewRun run = new NewRun(
                opened,
                values,
                new NewRun.Where(runs.archive(context), shared, id),
                agreed,
                reason.map(text -> NoteCommand.required(text, "--reason needs a text.")));
        if (!beside && id.isEmpty()) {
            run.refuseBesideUnfinished(context);
        }
        AnswerOptions.tellUnanswered(opened, given, step -> false, context);
        return run.begin(context, given, stage);
    }

    /** The folder of the run of that name, whether it is there or not. */
    private RunFolder named(String name) {
        if (beside) {
            throw Refusal.usage("--new begins another run each time, and --id one run once: give one of them.");
        }
        if (!NAME.matcher(name).matches()) {
            throw Refusal.usage("--id " + name + " is no name for a run: up to 100 letters, digits, dots, dashes and"
                    + " underscores, and a letter or a digit first.");
        }
        return new RunFolder(runs.archive(context).path().resolve(name));
    }

    private ExitCode goOn(RunFolder folder, OpenedRunbook opened, Stage stage) {
        ExistingRun seen = ExistingRun.open(folder);
        seen.refuseRehearsal();
        String begun = seen.state().start().runbook();
        if (!begun.equals(opened.runbook().id().text())) {
            throw Refusal.usage("--id " + folder.id() + ": the run of that name is one of the runbook " + begun
                    + ", not of " + opened.runbook().id() + ". Give this one another name.");
        }
        if (seen.state().isOver()) {
            context.err()
                    .println("The run " + folder.id() + " is over: "
                            + seen.state().ending().orElseThrow().name().replace('_', ' ') + ". status "
                            + folder.path() + " shows it.");
            return seen.endedWith();
        }
        return new ResumeCommand(context, variables, answers).resume(seen, stage);
    }
}
