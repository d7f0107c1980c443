package dev.runbook.lint;

import dev.runbook.base.Diagnostic;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that {@code lint} has to say.
 *
 * @param program which program says it, with its version, such as {@code runbook 0.1.0}
 * @param files the names of the files that were looked at, those without findings included
 * @param findings what was found, in the order in which it is printed
 * @param suppressed what the authors have switched off, with their reasons
 * @param failOn findings as bad as this or worse are failures
 * @param rules every rule that was held against the files, whether it found something or not
 * @param notChecked sentences that say what could not be looked at
 */
public record LintReport(
        String program,
        List<String> files,
        List<Diagnostic> findings,
        List<Suppressions.Suppressed> suppressed,
        Diagnostic.Severity failOn,
        List<KnownRule> rules,
        List<String> notChecked) {
    /** Copies the lists and puts the findings into the order of the sources. */
    public LintReport {
        files = List.copyOf(files);
        findings = findings.stream().sorted(Diagnostic.BY_PLACE).toList();
        suppressed = suppressed.stream()
                .sorted(Comparator.comparing(Suppressions.Suppressed::finding, Diagnostic.BY_PLACE))
                .toList();
        rules = List.copyOf(rules);
        notChecked = List.copyOf(notChecked);
    }

    /** The findings of one file. */
    List<Diagnostic> in(String file) {
        return findings.stream()
                .filter(finding -> finding.source().name().equals(file))
                .toList();
    }

    /** What was switched off in one file. */
    List<Suppressions.Suppressed> suppressedIn(String file) {
        return suppressed.stream()
                .filter(one -> one.finding().source().name().equals(file))
                .toList();
    }

    /** How many findings there are of that severity. */
    long count(Diagnostic.Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    /** Whether a finding is a failure. */
    boolean fails(Diagnostic finding) {
        return finding.severity().compareTo(failOn) <= 0;
    }

    /** Whether any finding is a failure. */
    public boolean fails() {
        return findings.stream().anyMatch(this::fails);
    }

    /** The counts in one sentence: {@code 2 files: 1 error, no warnings, no hints.} */
    String totals() {
        return plural(files.size(), "file") + ": " + plural(count(Diagnostic.Severity.ERROR), "error") + ", "
                + plural(count(Diagnostic.Severity.WARNING), "warning") + ", "
                + plural(count(Diagnostic.Severity.HINT), "hint")
                + (suppressed.isEmpty() ? "" : "; " + suppressed.size() + " suppressed by comments") + ".";
    }

    Fingerprints fingerprints() {
        return Fingerprints.of(
                Stream.concat(findings.stream(), suppressed.stream().map(Suppressions.Suppressed::finding))
                        .toList());
    }

    private static String plural(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }

    /**
     * What is known of a rule, for formats that describe their rules.
     *
     * @param id in kebab-case
     * @param severity how bad its findings are, as a rule
     * @param summary what it is about, in one sentence
     * @param help the same at length, as Markdown; the reason, a bad and a good example
     * @param page where it is described
     */
    public record KnownRule(String id, Diagnostic.Severity severity, String summary, String help, URI page) {}
}
