package dev.runbook.cli;

import dev.runbook.journal.Entry;
import dev.runbook.journal.JournalReader;
import dev.runbook.journal.JournalReader.Result;
import dev.runbook.runs.RunFolder;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code verify-journal}: proves that nobody changed a journal. */
@CommandLine.Command(
        name = "verify-journal",
        mixinStandardHelpOptions = true,
        description = {
            "Proves that the journal of a run is whole: every line carries the hash of the line before it.",
            "A last line that was cut off by a crash does no harm; a changed one does, and so do lines that are"
                    + " missing at the end.",
            "Whoever can write the journal can make it anew as a whole: only a hash that was kept elsewhere tells"
                    + " (--last)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  runbook verify-journal runs/2026-11-21T03-12-09Z-failover-k7q2",
            "  runbook verify-journal runs/2026-11-21T03-12-09Z-failover-k7q2 --last 0b3f9c21d4e58a76"
        })
final class VerifyJournalCommand implements CommandTree.Command {
    private final CliContext context;

    @Parameters(paramLabel = "RUN", description = "The folder of the run, or its id.")
    private String run = "";

    @Option(
            names = "--last",
            paramLabel = "HASH",
            description =
                    "A hash that was kept elsewhere, such as the one that a run prints at its end, or its first 16"
                            + " digits: the journal must have the line of that hash, and so all lines before it as they"
                            + " were then.")
    private Optional<String> last = Optional.empty();

    @Mixin
    private RunsOption runs = new RunsOption();

    VerifyJournalCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public ExitCode execute() {
        if (last.filter(hash -> !hash.matches(JournalReader.HASH)).isPresent()) {
            throw Refusal.usage(JournalReader.noHash(last.get()));
        }
        RunFolder folder = runs.run(run, context);
        Result result = folder.read();
        if (result instanceof Result.Broken broken) {
            context.out().println(broken.message());
            return ExitCode.FINDINGS;
        }
        JournalReader.Read read = ((Result.Whole) result).read();
        String torn = read.torn() ? " Behind them lies a line that a crash cut off; it counts as never written." : "";
        Entry end = read.end();
        context.out()
                .println(read.path() + " is whole: " + read.entries().size() + " entries, the last hash is "
                        + end.hash() + "." + torn);
        return Stream.of(
                        ending(read),
                        beside(folder, read),
                        last.map(hash -> holds(read, hash)).orElse(ExitCode.DONE))
                .filter(code -> code != ExitCode.DONE)
                .findFirst()
                .orElse(ExitCode.DONE);
    }

    /** Without the second file, a hash that was kept elsewhere is what proves that nothing is missing at the end. */
    private ExitCode ending(JournalReader.Read read) {
        boolean proven = last.filter(hash -> read.end().hash().startsWith(hash.toLowerCase(Locale.ROOT)))
                .isPresent();
        if (read.endKept() || proven) {
            return ExitCode.DONE;
        }
        String why = read.openEnd()
                .orElse(read.path().getFileName() + ".last is not there: the run was begun by an earlier version, and"
                        + " lines that are missing at the end would not be noticed.");
        context.out().println(why + " Compare the hash with the one that the run printed: --last HASH");
        return read.openEnd().isPresent() ? ExitCode.FINDINGS : ExitCode.DONE;
    }

    /** The runbook, its texts and the values lie beside the journal, and are sealed by it. */
    private ExitCode beside(RunFolder folder, JournalReader.Read read) {
        List<String> strangers = folder.strangers(read);
        if (!strangers.isEmpty()) {
            context.out()
                    .println("Not as the journal says: " + String.join(", ", strangers)
                            + ". Somebody has changed, added or removed them since.");
        }
        return strangers.isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    private ExitCode holds(JournalReader.Read read, String hash) {
        Optional<Entry> kept = read.entryOf(hash);
        context.out()
                .println(kept.map(entry -> "The hash that was kept is that of line " + entry.number()
                                + ": up to there it is the journal of then.")
                        .orElse("No line has the hash that was kept (" + hash
                                + "): lines are missing, or this is not the journal of then."));
        return kept.isPresent() ? ExitCode.DONE : ExitCode.FINDINGS;
    }
}
