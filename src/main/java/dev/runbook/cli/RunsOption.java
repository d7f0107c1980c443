package dev.runbook.cli;

import dev.runbook.runs.RunArchive;
import dev.runbook.runs.RunFolder;
import dev.runbook.terminal.Refusal;
import dev.runbook.terminal.Surroundings;
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

    RunArchive archive(Surroundings surroundings) {
        return new RunArchive(surroundings.path(runs));
    }

    /** The run that somebody named. */
    RunFolder run(String named, Surroundings surroundings) {
        return archive(surroundings)
                .find(surroundings.path(named))
                .or(() -> archive(surroundings).find(Path.of(named)))
                .orElseThrow(() -> Refusal.usage("There is no run " + named
                        + ". Name its folder, such as runs/2026-11-21T03-12-09Z-failover-k7q2. The"
                        + " command list shows them all."));
    }
}
