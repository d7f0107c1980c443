package dev.runbook.cli;

import dev.runbook.console.ExitCode;
import dev.runbook.console.Refusal;
import dev.runbook.console.Surroundings;
import dev.runbook.diagnostic.Checked;
import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Severity;
import dev.runbook.diagnostic.Source;
import dev.runbook.library.Library;
import dev.runbook.lint.Linter;
import dev.runbook.model.Runbook;
import dev.runbook.session.Findings;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lint}: everything that is wrong with runbooks, without touching anything else. */
@CommandLine.Command(
        name = "lint",
        mixinStandardHelpOptions = true,
        description = {
            "Says everything that is wrong with runbooks, with file, line and column. Touches nothing else.",
            "Findings go to standard output, the count to standard error."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  runbook lint runbooks/*.yaml", "  runbook lint --strict failover"})
final class LintCommand implements CommandTree.Command {
    private final Surroundings surroundings;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Runbooks: paths, or names of those inside this program.")
    private List<String> files = List.of();

    @Option(names = "--strict", description = "Warnings count as findings too. Default: errors alone do.")
    private boolean strict;

    LintCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public ExitCode execute() {
        Library library = new Library(surroundings.folder());
        List<Diagnostic> found = new ArrayList<>();
        for (String file : files) {
            Checked<Source> source = library.find(file)
                    .orElseThrow(() -> Refusal.usage(Library.unknown(file)))
                    .source();
            found.addAll(source.diagnostics());
            source.value().ifPresent(text -> found.addAll(lint(text)));
        }
        Findings.print(found, surroundings.out());
        surroundings.err().println(counts(found));
        return found.stream().anyMatch(this::counts) ? ExitCode.FINDINGS : ExitCode.DONE;
    }

    private static List<Diagnostic> lint(Source source) {
        Checked<Runbook> runbook = new Linter().read(source);
        return runbook.diagnostics();
    }

    private boolean counts(Diagnostic diagnostic) {
        return strict || diagnostic.severity() == Severity.ERROR;
    }

    private String counts(List<Diagnostic> found) {
        long errors = count(found, Severity.ERROR);
        long warnings = count(found, Severity.WARNING);
        long hints = count(found, Severity.HINT);
        return String.format(
                "%s: %s, %s, %s.",
                plural(files.size(), "file"),
                plural(errors, "error"),
                plural(warnings, "warning"),
                plural(hints, "hint"));
    }

    private static long count(List<Diagnostic> found, Severity severity) {
        return found.stream().filter(one -> one.severity() == severity).count();
    }

    private static String plural(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }
}
