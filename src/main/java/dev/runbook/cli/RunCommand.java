package dev.runbook.cli;

import dev.runbook.agreement.PlanFile;
import dev.runbook.console.ExitCode;
import dev.runbook.console.Surroundings;
import dev.runbook.endpoint.powershell.ChildProcessLauncher;
import dev.runbook.event.AgreedPlan;
import dev.runbook.session.Answers;
import dev.runbook.session.NewRun;
import dev.runbook.session.OpenedRunbook;
import dev.runbook.session.PlannedRun;
import dev.runbook.session.Stage;
import dev.runbook.site.Given;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
    static final Stage REAL =
            new Stage(new ChildProcessLauncher(), UnaryOperator.identity(), UnaryOperator.identity(), Optional.empty());

    private final Surroundings surroundings;

    @Parameters(paramLabel = "FILE", description = "The runbook: a path, or the name of one inside this program.")
    private String file = "";

    @Mixin
    private VariableOptions variables = new VariableOptions();

    @Mixin
    private AnswerOptions answers = new AnswerOptions();

    @Mixin
    private RunsOption runs = new RunsOption();

    @Option(
            names = "--new",
            description = "Begins a new run although an unfinished one of the same runbook lies there.")
    private boolean beside;

    @Option(
            names = "--shared-runs",
            description =
                    "The group of the folder of all runs may work on this run too, as it may anyway where that folder"
                            + " belongs to a team: where its group may write, and what is made in it gets its group (chmod g+ws).")
    private boolean shared;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            description =
                    "Runs only what this file of plan --out has planned: if the runbook, a variable or a server is another"
                            + " one by now, it shows the difference and begins nothing.")
    private Optional<String> planned = Optional.empty();

    RunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public boolean worksOnServers() {
        return true;
    }

    @Override
    public ExitCode execute() {
        OpenedRunbook opened = OpenedRunbook.named(file, surroundings);
        List<Map<String, Given>> values = variables.strongestFirst(opened.runbook(), surroundings);
        Optional<AgreedPlan> agreed = planned.map(surroundings::path)
                .map(plan -> PlanFile.read(plan).agreed(plan, PlannedRun.print(opened, values, surroundings)));
        Answers given = answers.of(opened, values, surroundings);
        NewRun run = new NewRun(opened, values, new NewRun.Where(runs.archive(surroundings), shared), agreed);
        if (!beside) {
            run.refuseBesideUnfinished(surroundings);
        }
        AnswerOptions.tellUnanswered(opened, given, step -> false, surroundings);
        return run.begin(surroundings, given, REAL);
    }
}
