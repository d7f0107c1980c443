package dev.runbook.cli;

import dev.runbook.journal.Entry;
import dev.runbook.runs.RunArchive;
import dev.runbook.runs.RunFolder;
import dev.runbook.runs.RunLock;
import dev.runbook.session.ExistingRun;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Refusal;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code prune}: deletes old runs that are over. */
@CommandLine.Command(
        name = "prune",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the runs that are over (done, rolled back or closed) and in whose journal nothing was written for so"
                    + " long; with --go it deletes them. Journals hold names of servers and logins.",
            "Never a run that is not over, or whose journal cannot be read. What else lies in the folder of a run"
                    + " stays, and the folder with it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  runbook prune --older-than 400d --runs \\\\fs2\\runs         shows what would be deleted",
            "  runbook prune --older-than 400d --runs \\\\fs2\\runs --go    deletes it"
        })
final class PruneCommand implements CommandTree.Command {
    private static final Pattern DAYS = Pattern.compile("([1-9]\\d{0,4})d");

    private final CliContext context;

    @Option(
            names = "--older-than",
            paramLabel = "DAYS",
            required = true,
            description = "So many days, such as 90d, have passed since the last line of the journal.")
    private String age = "";

    @Option(names = "--go", description = "Deletes them. Without it they are only shown.")
    private boolean go;

    @Mixin
    private RunsOption runs = new RunsOption();

    PruneCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public ExitCode execute() {
        Matcher days = DAYS.matcher(age);
        if (!days.matches()) {
            throw Refusal.usage("--older-than " + age + " is no number of days, such as 90d.");
        }
        Instant before = context.clock().instant().minus(Duration.ofDays(Long.parseLong(days.group(1))));
        List<RunFolder> old = runs.archive(context).runs().stream()
                .filter(run -> run.state().isPresent() && !run.underWay())
                .map(RunArchive.Found::folder)
                .filter(folder -> isOld(ExistingRun.open(folder), before))
                .toList();
        int left = 0;
        for (RunFolder folder : old) {
            context.out().println(folder.path());
            if (go && !delete(folder, before)) {
                left++;
                context.err()
                        .println("Left: " + folder.path()
                                + " is a link, holds something else too, or cannot be deleted.");
            }
        }
        context.err()
                .println(
                        go
                                ? old.size() - left + " deleted."
                                : old.size() + (old.size() == 1 ? " run" : " runs")
                                        + ". Nothing was deleted. Add --go to delete.");
        return left == 0 ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    private static boolean isOld(ExistingRun run, Instant before) {
        List<Entry> entries = run.read().entries();
        boolean over = run.state().isOver() || run.state().start().scene().isPresent();
        return over && entries.get(entries.size() - 1).time().isBefore(before);
    }

    /** Looks once more under the lock: somebody may have gone on with it meanwhile. */
    private boolean delete(RunFolder folder, Instant before) {
        if (Files.isSymbolicLink(folder.path())) {
            return false;
        }
        Optional<RunLock> taken =
                RunLock.of(folder, context.actor(), context.clock().instant());
        try (RunLock lock = taken.orElse(null)) {
            if (lock != null && isOld(ExistingRun.open(folder), before)) {
                folder.discard();
            }
        }
        if (!folder.holdsRun()) {
            // on Windows a lock cannot be deleted by whoever holds it
            folder.discard();
        }
        return folder.isGone();
    }
}
