package dev.runbook.inspection;

import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.lint.Linter;
import dev.runbook.suppression.Suppressions;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of looking at files.
 *
 * @param files their names, in the order in which they were looked at
 * @param findings everything that was found, but for what the authors have switched off
 * @param suppressed what the authors have switched off, with their reasons
 * @param notChecked sentences that say what could not be looked at
 */
public record Inspection(
        List<String> files,
        List<Diagnostic> findings,
        List<Suppressions.Suppressed> suppressed,
        List<String> notChecked) {
    /** Whoever has more of them begins with the first, and a flood would fill the log of a build. */
    private static final int MAX_FINDINGS = 200;

    /** Copies the lists. */
    public Inspection {
        files = List.copyOf(files);
        findings = List.copyOf(findings);
        suppressed = List.copyOf(suppressed);
        notChecked = List.copyOf(notChecked);
    }

    /** Holds the rules against these files. */
    public static Inspection of(List<Input> inputs, Linter linter) {
        Inspector inspector = new Inspector(linter);
        inputs.forEach(inspector::look);
        return inspector.inspection();
    }

    /** The same with everything that was switched off among the findings. */
    public Inspection withSuppressed() {
        List<Diagnostic> all = Stream.concat(
                        findings.stream(), suppressed.stream().map(Suppressions.Suppressed::finding))
                .toList();
        return new Inspection(files, all, List.of(), notChecked);
    }

    /** The same with at most so many findings a file, the worst of them first, and one that counts what is left out. */
    public Inspection bounded() {
        Map<String, List<Diagnostic>> byFile = findings.stream()
                .collect(Collectors.groupingBy(
                        finding -> finding.source().name(), LinkedHashMap::new, Collectors.toList()));
        List<Diagnostic> shown =
                byFile.values().stream().flatMap(Inspection::worst).toList();
        return new Inspection(files, shown, suppressed, notChecked);
    }

    private static Stream<Diagnostic> worst(List<Diagnostic> ofFile) {
        if (ofFile.size() <= MAX_FINDINGS) {
            return ofFile.stream();
        }
        List<Diagnostic> sorted = ofFile.stream()
                .sorted(Comparator.comparing(Diagnostic::severity).thenComparing(Diagnostic.BY_PLACE))
                .toList();
        Diagnostic next = sorted.get(MAX_FINDINGS);
        String message = "And " + (ofFile.size() - MAX_FINDINGS) + " more findings in this file, from here on.";
        return Stream.concat(
                sorted.stream().limit(MAX_FINDINGS),
                Stream.of(new Diagnostic(next.source(), next.span(), next.severity(), "file", message)));
    }

    /** The same without findings that are known. */
    public Inspection without(Baseline known) {
        return new Inspection(files, known.newAmong(findings), suppressed, notChecked);
    }
}
