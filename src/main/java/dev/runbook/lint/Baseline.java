package dev.runbook.lint;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Excerpt;
import dev.runbook.base.Source;
import dev.runbook.report.DiagnosticText;
import dev.runbook.terminal.Refusal;
import dev.runbook.yaml.SourceReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Findings that were there when somebody began to lint, so that only new ones count. A line each: fingerprint, rule, file.
 * Lines may move; an edit of the wrong line itself makes the finding a new one.
 *
 * @param fingerprints of the known findings
 */
public record Baseline(Set<String> fingerprints) {
    private static final String MARK = "# Known findings of runbook lint";
    private static final String HEAD = MARK + ": fingerprint, rule, file. Written by --write-baseline.\n";

    /** Copies the fingerprints. */
    public Baseline {
        fingerprints = Set.copyOf(fingerprints);
    }

    /**
     * Reads a baseline. Its first line says that it is one. Empty lines and those that begin with {@code #} say nothing.
     *
     * @throws Refusal if it cannot be read
     */
    public static Baseline read(Path file) {
        Checked<Source> read = SourceReader.read(file);
        return read.value()
                .map(source -> parse(headed(file, source).lines()))
                .orElseThrow(() ->
                        Refusal.usage(DiagnosticText.of(read.diagnostics()).stripTrailing()));
    }

    /** A file that is none, and was named by mistake or on purpose, would hide nothing and say nothing. */
    private static Source headed(Path file, Source source) {
        if (!source.line(1).strip().startsWith(MARK)) {
            throw Refusal.usage(
                    Excerpt.oneLine(file.toString()) + " is no baseline: its first line does not begin with \"" + MARK
                            + "\". Write one with --write-baseline.");
        }
        return source;
    }

    static Baseline parse(List<String> lines) {
        return new Baseline(lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> line.split("\\s+", 2)[0])
                .collect(Collectors.toSet()));
    }

    /**
     * Writes down findings.
     *
     * @throws Refusal if the file cannot be written, or would be larger than what {@link #read} reads
     */
    public static void write(Path file, List<Diagnostic> findings) {
        String text = text(findings);
        if (text.length() > SourceReader.MAX_BYTES) {
            throw Refusal.usage(
                    findings.size() + " findings are more than a baseline of 1 MB holds. Give each folder of"
                            + " runbooks a baseline of its own.");
        }
        TextFile.write(file, text);
    }

    /** By file and rule, so that a change of the baseline is easy to review. */
    static String text(List<Diagnostic> findings) {
        Fingerprints fingerprints = Fingerprints.of(findings);
        Stream<String> lines = findings.stream()
                .map(finding -> finding.source().name() + "\n" + finding.rule() + "\n" + fingerprints.of(finding))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .map(line -> line.split("\n"))
                .map(cells -> cells[2] + "  " + cells[1] + "  " + cells[0] + "\n");
        return HEAD + lines.collect(Collectors.joining());
    }

    /** The findings that are not known. */
    List<Diagnostic> newAmong(List<Diagnostic> findings) {
        Fingerprints all = Fingerprints.of(findings);
        return findings.stream()
                .filter(finding -> !fingerprints.contains(all.of(finding)))
                .toList();
    }

    /** How many known findings are no longer there. */
    long goneFrom(List<Diagnostic> findings) {
        Fingerprints all = Fingerprints.of(findings);
        Set<String> present = findings.stream().map(all::of).collect(Collectors.toSet());
        return fingerprints.stream().filter(known -> !present.contains(known)).count();
    }
}
