package dev.runbook.lint;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Position;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A report as written down in a golden folder: files that end in {@code .yaml}, and a table of findings in them. */
final class ReportExample {
    static final String TABLE = "findings.txt";

    private ReportExample() {}

    static LintReport read(Path folder) throws IOException {
        Map<String, Source> sources = sources(folder);
        List<Diagnostic> findings = Files.readAllLines(folder.resolve(TABLE)).stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> finding(line.split("\\|"), sources))
                .toList();
        return report(List.copyOf(sources.keySet()), findings);
    }

    static LintReport report(List<String> files, List<Diagnostic> findings) {
        LintReport.KnownRule known = new LintReport.KnownRule(
                "unknown-name",
                Diagnostic.Severity.ERROR,
                "A tag names something that there is not.",
                "A tag names something that there is not.\n\nBad: `{{pol_fqdn}}`",
                URI.create("urn:runbook:rule:unknown-name"));
        List<String> notChecked = List.of("The columns of 2 facts: mgc state, pool state.");
        return new LintReport(
                "runbook 0.1.0", files, findings, List.of(), Diagnostic.Severity.WARNING, List.of(known), notChecked);
    }

    private static Map<String, Source> sources(Path folder) throws IOException {
        Map<String, Source> sources = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                String name = "runbooks/" + file.getFileName();
                sources.put(name, Source.of(name, Files.readString(file)));
            }
        }
        return sources;
    }

    /** {@code file|line|column|end line|end column|severity|rule|message}. */
    private static Diagnostic finding(String[] cells, Map<String, Source> sources) {
        int[] place = Arrays.stream(cells, 1, 5).mapToInt(Integer::parseInt).toArray();
        return new Diagnostic(
                sources.get(cells[0]),
                new Span(new Position(place[0], place[1]), new Position(place[2], place[3])),
                Diagnostic.Severity.valueOf(cells[5].toUpperCase(Locale.ROOT)),
                cells[6],
                cells[7].replace("\\n", "\n").replace("\\a", "\u0007"));
    }
}
