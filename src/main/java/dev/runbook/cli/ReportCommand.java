package dev.runbook.cli;

import dev.runbook.session.Standing;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code report}: a run as a page for a browser. */
@CommandLine.Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a run as one HTML page, to be kept or printed: how it ended, every step with the documented"
                    + " sub-steps that it",
            "carries out, and all that happened: what facts found, what was sent, who answered what. No secret is in"
                    + " it."
        },
        footerHeading = "%nExamples:%n",
        footer = "  runbook report 2026-11-21T03-12-09Z-failover-k7q2 > failover.html")
final class ReportCommand implements CommandTree.Command {
    private final CliContext context;

    @Parameters(paramLabel = "RUN", description = "The folder of the run, or its id. The command list shows them all.")
    private String run = "";

    @Mixin
    private RunsOption runs = new RunsOption();

    ReportCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public ExitCode execute() {
        context.document(Standing.page(runs.run(run, context)));
        return ExitCode.DONE;
    }
}
