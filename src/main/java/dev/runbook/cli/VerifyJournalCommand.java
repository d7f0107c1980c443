package dev.runbook.cli;

import dev.runbook.console.ExitCode;
import dev.runbook.console.Surroundings;
import dev.runbook.journal.JournalReader;
import dev.runbook.journal.JournalReader.Result;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code verify-journal}: proves that nobody changed a journal. */
@CommandLine.Command(
        name = "verify-journal",
        mixinStandardHelpOptions = true,
        description = {
            "Proves that the journal of a run is whole: every line carries the hash of the line before it.",
            "A last line that was cut off by a crash does no harm; a changed one does."
        },
        footerHeading = "%nExample:%n",
        footer = "  runbook verify-journal runs/2026-11-21T03-12-09Z-failover")
final class VerifyJournalCommand implements CommandTree.Command {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "RUN", description = "The folder of the run, or its id.")
    private String run = "";

    @Mixin
    private RunsOption runs = new RunsOption();

    VerifyJournalCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public ExitCode execute() {
        Result result = runs.run(run, surroundings).read();
        if (result instanceof Result.Broken broken) {
            surroundings.out().println(broken.message());
            return ExitCode.FINDINGS;
        }
        JournalReader.Read read = ((Result.Whole) result).read();
        String torn = read.torn() ? " Behind them lies a line that a crash cut off; it counts as never written." : "";
        surroundings.out().println(read.path() + " is whole: " + read.entries().size() + " entries." + torn);
        return ExitCode.DONE;
    }
}
