package dev.runbook.lint;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Excerpt;
import dev.runbook.base.Span;
import dev.runbook.report.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020): one run, the rules described, each result with level, region and
 * fingerprint. {@code primaryLocationLineHash} is the name of a fingerprint that GitHub reads.
 */
final class FindingsSarif {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private final LintReport report;
    private final Fingerprints fingerprints;
    /** The ids by their index in the list of rules; a finding may belong to none that is known. */
    private final List<String> ids;

    FindingsSarif(LintReport report) {
        this.report = report;
        this.fingerprints = report.fingerprints();
        this.ids = report.rules().stream().map(LintReport.KnownRule::id).toList();
    }

    String text() {
        ObjectNode log = JsonText.object();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        ObjectNode run = log.putArray("runs").addObject();
        run.putObject("tool").set("driver", driver());
        run.putArray("invocations").add(invocation());
        run.put("columnKind", "utf16CodeUnits");
        ArrayNode artifacts = run.putArray("artifacts");
        report.files().forEach(file -> artifacts.addObject().set("location", location(file)));
        ArrayNode results = run.putArray("results");
        report.findings().forEach(finding -> results.add(result(finding)));
        report.suppressed().forEach(one -> {
            ObjectNode result = result(one.finding());
            ObjectNode suppression = result.putArray("suppressions").addObject();
            suppression.put("kind", "inSource");
            suppression.put("justification", one.reason());
            results.add(result);
        });
        return JsonText.pretty(log);
    }

    private ObjectNode driver() {
        String[] words = report.program().split(" ", 2);
        ObjectNode driver = JsonText.object();
        driver.put("name", words[0]);
        if (words.length > 1) {
            driver.put("version", words[1]);
        }
        ArrayNode rules = driver.putArray("rules");
        report.rules().forEach(rule -> rules.add(rule(rule)));
        return driver;
    }

    private static ObjectNode rule(LintReport.KnownRule known) {
        ObjectNode rule = JsonText.object();
        rule.put("id", known.id());
        rule.putObject("shortDescription").put("text", known.summary());
        rule.putObject("help").put("text", known.help()).put("markdown", known.help());
        rule.put("helpUri", known.page().toString());
        rule.putObject("defaultConfiguration").put("level", level(known.severity()));
        return rule;
    }

    private ObjectNode invocation() {
        ObjectNode invocation = JsonText.object();
        invocation.put("executionSuccessful", true);
        ArrayNode notifications = invocation.putArray("toolExecutionNotifications");
        for (String sentence : report.notChecked()) {
            ObjectNode notification = notifications.addObject();
            notification.put("level", "note");
            notification.putObject("message").put("text", sentence);
        }
        return invocation;
    }

    private ObjectNode result(Diagnostic finding) {
        ObjectNode result = JsonText.object();
        result.put("ruleId", finding.rule());
        if (ids.contains(finding.rule())) {
            result.put("ruleIndex", ids.indexOf(finding.rule()));
        }
        result.put("level", level(finding.severity()));
        result.putObject("message").put("text", finding.message());
        ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
        place.set("artifactLocation", location(finding.source().name()));
        place.set("region", region(finding));
        String fingerprint = fingerprints.of(finding);
        result.putObject("partialFingerprints")
                .put("primaryLocationLineHash", fingerprint)
                .put("runbookLint/v1", fingerprint);
        return result;
    }

    private static ObjectNode location(String file) {
        ObjectNode location = JsonText.object();
        location.put("uri", FileUri.of(file));
        if (FileUri.isRelative(file)) {
            location.put("uriBaseId", "%SRCROOT%");
        }
        return location;
    }

    private static ObjectNode region(Diagnostic finding) {
        Span span = finding.span();
        ObjectNode region = JsonText.object();
        region.put("startLine", span.start().line());
        region.put("startColumn", span.start().column());
        region.put("endLine", span.end().line());
        region.put("endColumn", span.end().column());
        String written = finding.source().shown(span.start().line());
        if (!written.isBlank()) {
            region.putObject("snippet").put("text", Excerpt.cut(written));
        }
        return region;
    }

    private static String level(Diagnostic.Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case HINT -> "note";
        };
    }

    /** Writes the names of files as URIs. */
    private static final class FileUri {
        private static final String PLAIN = "-._~/!$&'()*+,;=@";

        private FileUri() {}

        /** A relative reference, or {@code file:} for a path from the root. */
        static String of(String file) {
            if (isRelative(file)) {
                // a colon in the first part would make it the name of a scheme
                return encoded(file);
            }
            String path = file.startsWith("//") ? file : file.startsWith("/") ? "//" + file : "///" + file;
            return "file:" + encoded(path);
        }

        /** Whether the path begins where the program was started. */
        static boolean isRelative(String file) {
            return !file.startsWith("/") && !file.matches("[A-Za-z]:/.*");
        }

        private static String encoded(String path) {
            StringBuilder uri = new StringBuilder();
            for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
                char c = (char) (octet & 0xFF);
                boolean plain = c < 128 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
                uri.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
            }
            return uri.toString();
        }
    }
}
