package dev.runbook.cli;

import dev.runbook.base.Masking;
import dev.runbook.endpoint.Endpoints;
import dev.runbook.endpoint.powershell.ChildProcessLauncher;
import dev.runbook.plan.Plan;
import dev.runbook.report.CheckText;
import dev.runbook.report.Columns;
import dev.runbook.session.Check;
import dev.runbook.session.LiveEndpoints;
import dev.runbook.session.OpenedRunbook;
import dev.runbook.session.PlannedRun;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code check}: asks every fact. */
@CommandLine.Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Asks every fact of a runbook and changes nothing: what is true, what was found, which steps are done"
                    + " already, what stands in the way of the first one that is not.",
            "Ends with 0 when a run could begin, with 1 when a fact that it would ask cannot be asked or a requirement"
                    + " does not hold."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  runbook check failover --vars litware.yaml",
            "  runbook check failback --vars litware.yaml --var log_share_lost=true"
        })
final class CheckCommand implements CommandTree.Command {
    private final CliContext context;

    @Parameters(paramLabel = "FILE", description = "The runbook: a path, or the name of one inside this program.")
    private String file = "";

    @Mixin
    private VariableOptions variables = new VariableOptions();

    @Mixin
    private FormatOption format = new FormatOption();

    CheckCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public ExitCode execute() {
        OpenedRunbook opened = OpenedRunbook.named(file, context);
        Plan plan = PlannedRun.of(opened, variables.strongestFirst(opened.runbook(), context), context);
        Masking masking = plan.site().masking();
        try (Endpoints endpoints = new LiveEndpoints("runbook check", () -> new ChildProcessLauncher(masking::mask))) {
            Check check = Check.of(plan, endpoints);
            if (format.isJson()) {
                context.document(masking.mask(CheckText.Json.of(check.facts(), check.steps(), check.isClear())));
            } else {
                CheckText.of(check.facts(), check.steps(), check.isClear(), context.paint()).stream()
                        .map(masking::mask)
                        .flatMap(this::fitted)
                        .forEach(context.out()::println);
            }
            return check.isClear() ? ExitCode.DONE : ExitCode.FINDINGS;
        }
    }

    /** The line as several that fit the terminal; as it is where there is none. */
    private Stream<String> fitted(String line) {
        int columns = context.columns();
        return columns > 0 ? Columns.wrapped(line, columns).stream() : Stream.of(line);
    }
}
