package dev.runbook.lint;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Position;
import dev.runbook.report.DiagnosticText;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The findings as XML, in the two forms that build servers and reviewers read. */
final class FindingsXml {
    /** The version of Checkstyle whose report this is like; readers want one. */
    private static final String VERSION = "8.0";

    private FindingsXml() {}

    /**
     * As test results: a suite for each file, a case for each finding, and one that passes for a file without findings, since a
     * report without cases counts as a failure on some build servers. A finding that is no failure is a case that passes and
     * tells its message as output.
     */
    static String junit(LintReport report) {
        XmlText xml = new XmlText();
        xml.open(
                "testsuites",
                "name",
                "runbook lint",
                "tests",
                tests(report),
                "failures",
                failures(report),
                "errors",
                0);
        for (String file : report.files()) {
            List<Diagnostic> findings = report.in(file);
            long failures = findings.stream().filter(report::fails).count();
            List<Suppressions.Suppressed> suppressed = report.suppressedIn(file);
            xml.open(
                    "testsuite",
                    "name",
                    file,
                    "tests",
                    tests(report, file),
                    "failures",
                    failures,
                    "errors",
                    0,
                    "skipped",
                    suppressed.size());
            if (findings.isEmpty()) {
                xml.open("testcase", "classname", file, "name", "no findings").close();
            }
            findings.forEach(finding -> testCase(xml, finding, report.fails(finding)));
            suppressed.forEach(one -> skipped(xml, one));
            xml.close();
        }
        return xml.close().done();
    }

    private static void testCase(XmlText xml, Diagnostic finding, boolean failure) {
        int line = finding.span().start().line();
        int column = finding.span().start().column();
        String name = finding.rule() + " at line " + line + ", column " + column;
        xml.open("testcase", "classname", finding.source().name(), "name", name);
        if (failure) {
            xml.open("failure", "type", finding.severity().word(), "message", finding.message());
        } else {
            xml.open("system-out");
        }
        xml.text(DiagnosticText.of(finding)).close();
        xml.close();
    }

    private static void skipped(XmlText xml, Suppressions.Suppressed one) {
        Position start = one.finding().span().start();
        String name = one.finding().rule() + " at line " + start.line() + ", column " + start.column();
        xml.open("testcase", "classname", one.finding().source().name(), "name", name);
        xml.open("skipped", "message", "Suppressed: " + one.reason()).close();
        xml.close();
    }

    private static long tests(LintReport report) {
        return report.files().stream().mapToLong(file -> tests(report, file)).sum();
    }

    private static long tests(LintReport report, String file) {
        return Math.max(1, report.in(file).size()) + report.suppressedIn(file).size();
    }

    private static long failures(LintReport report) {
        return report.findings().stream().filter(report::fails).count();
    }

    /** As Checkstyle reports them: files with their errors. */
    static String checkstyle(LintReport report) {
        XmlText xml = new XmlText();
        xml.open("checkstyle", "version", VERSION);
        for (String file : report.files()) {
            xml.open("file", "name", file);
            report.in(file).forEach(finding -> error(xml, finding, severity(finding.severity()), finding.message()));
            report.suppressedIn(file)
                    .forEach(one -> error(
                            xml,
                            one.finding(),
                            "ignore",
                            "Suppressed (" + one.reason() + "): "
                                    + one.finding().message()));
            xml.close();
        }
        return xml.close().done();
    }

    private static void error(XmlText xml, Diagnostic finding, String severity, String message) {
        xml.open(
                        "error",
                        "line",
                        finding.span().start().line(),
                        "column",
                        finding.span().start().column(),
                        "severity",
                        severity,
                        "message",
                        message,
                        "source",
                        "runbook." + finding.rule())
                .close();
    }

    private static String severity(Diagnostic.Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case HINT -> "info";
        };
    }

    /** Writes XML, indented, without the characters that XML 1.0 cannot hold. */
    private static final class XmlText {
        private final StringWriter text = new StringWriter();
        private final XMLStreamWriter writer;
        private int depth;
        /** Whether the element that is open has children; its end then stands on a line of its own. */
        private boolean hasChildren;

        XmlText() {
            try {
                writer = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            } catch (XMLStreamException e) {
                throw impossible(e);
            }
            text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        }

        /** Opens an element; attributes are names and values by turns. */
        XmlText open(String element, Object... attributes) {
            write(() -> {
                line();
                writer.writeStartElement(element);
                for (int i = 0; i < attributes.length; i += 2) {
                    writer.writeAttribute(attributes[i].toString(), oneLine(attributes[i + 1].toString()));
                }
            });
            depth++;
            hasChildren = false;
            return this;
        }

        /** The text of the element that is open. */
        XmlText text(String content) {
            write(() -> writer.writeCharacters(clean(content)));
            return this;
        }

        XmlText close() {
            depth--;
            write(() -> {
                if (hasChildren) {
                    line();
                }
                writer.writeEndElement();
            });
            hasChildren = true;
            return this;
        }

        String done() {
            write(() -> {
                writer.writeEndDocument();
                writer.flush();
            });
            return text + "\n";
        }

        private interface Part {
            void write() throws XMLStreamException;
        }

        private static void write(Part part) {
            try {
                part.write();
            } catch (XMLStreamException e) {
                throw impossible(e);
            }
        }

        private void line() throws XMLStreamException {
            // the first one ends the declaration, which the writer does not know of
            if (depth == 0) {
                text.append("\n");
            } else {
                writer.writeCharacters("\n" + "  ".repeat(depth));
            }
        }

        /** In an attribute, line ends would come back as blanks anyway. */
        private static String oneLine(String value) {
            return clean(value).replaceAll("[\r\n\t]+", " ");
        }

        private static String clean(String value) {
            StringBuilder clean = new StringBuilder();
            value.codePoints().filter(XmlText::isAllowed).forEach(clean::appendCodePoint);
            return clean.toString();
        }

        /** The production Char of XML 1.0. */
        private static boolean isAllowed(int point) {
            return point == '\t'
                    || point == '\n'
                    || point == '\r'
                    || point >= 0x20 && point <= 0xD7FF
                    || point >= 0xE000 && point <= 0xFFFD
                    || point >= 0x10000;
        }

        private static IllegalStateException impossible(XMLStreamException e) {
            return new IllegalStateException("writing into memory cannot fail", e);
        }
    }
}
