package dev.runbook.cli;

import dev.runbook.runs.RunArchive;
import dev.runbook.runs.RunFolder;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.Refusal;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the runs are kept. */
final class RunsOption {
    @Option(
            names = "--runs",
            paramLabel = "DIR",
            defaultValue = "runs",
            description =
                    "Folder of all runs. Best on a share that survives the data centre. Default: ${DEFAULT-VALUE}.")
    private String runs = "runs";

    RunArchive archive(CliContext context) {
        return new RunArchive(folder(context));
    }

    Path folder(CliContext context) {
        return context.path(runs);
    }

    /** The run that somebody named. */
    RunFolder run(String named, CliContext context) {
        return archive(context)
                .find(context.path(named))
                .or(() -> archive(context).find(folder(context).resolve(named)))
                .orElseThrow(() -> Refusal.usage("There is no run " + named
                        + ". Name its folder, such as runs/2026-11-21T03-12-09Z-failover-k7q2. The"
                        + " command list shows them all."));
    }
}
