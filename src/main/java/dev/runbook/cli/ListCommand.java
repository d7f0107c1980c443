package dev.runbook.cli;

import dev.runbook.report.ListText;
import dev.runbook.runs.RunArchive;
import dev.runbook.runs.RunLock;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code list}: the runs that lie here. */
@CommandLine.Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the runs of a folder, oldest first, and how each of them stands.",
        footerHeading = "%nExample:%n",
        footer = "  runbook list --runs \\\\fs2\\runs")
final class ListCommand implements CommandTree.Command {
    private final CliContext context;

    @Mixin
    private RunsOption runs = new RunsOption();

    @Mixin
    private FormatOption format = new FormatOption();

    ListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public ExitCode execute() {
        List<RunArchive.Found> all = runs.archive(context).runs();
        all.stream()
                .filter(run -> run.state().isPresent() && RunLock.held(run.folder()) == RunLock.Held.UNKNOWN)
                .forEach(run -> context.err()
                        .println(RunLock.UNTOLD.formatted(run.folder().id())));
        List<ListText.Run> found = all.stream()
                .map(run ->
                        new ListText.Run(run.folder().id(), run.state(), run.underWay(), run.unread(), run.openEnd()))
                .toList();
        if (format.isJson()) {
            context.document(ListText.Json.of(found));
        } else if (found.isEmpty()) {
            context.out()
                    .println("There are no runs in " + runs.archive(context).path() + ". --runs names another folder.");
        } else {
            ListText.of(found).forEach(context.out()::println);
        }
        return ExitCode.DONE;
    }
}
