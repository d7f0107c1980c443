package dev.runbook.cli;

import dev.runbook.report.RunbookProse;
import dev.runbook.session.OpenedRunbook;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code explain}: a runbook as prose, without values. */
@CommandLine.Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Tells a runbook step by step, as one would read it to a colleague on the telephone. Needs no values and"
                    + " connects to nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  runbook explain failover", "  runbook explain failover --language zh-TW"})
final class ExplainCommand implements CommandTree.Command {
    /** Lines of a text, where no terminal says how wide they may be. */
    private static final int WIDTH = 100;

    private final CliContext context;

    @Parameters(paramLabel = "FILE", description = "The runbook: a path, or the name of one inside this program.")
    private String file = "";

    ExplainCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public ExitCode execute() {
        OpenedRunbook opened = OpenedRunbook.named(file, context);
        int columns = context.columns();
        int width = columns > 0 ? Math.min(columns, WIDTH) : WIDTH;
        RunbookProse.of(opened.runbook(), width, context.paint()).forEach(context.out()::println);
        context.out().flush();
        return ExitCode.DONE;
    }
}
