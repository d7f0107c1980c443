package dev.runbook.lint;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Position;
import dev.runbook.report.DiagnosticText;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The findings as test results: a suite for each file, a case for each finding, and one that passes for a file without
 * findings, since a report without cases counts as a failure on some build servers. A finding that is no failure is a case
 * that passes and tells its message as output.
 */
final class FindingsJUnit {
    private FindingsJUnit() {}

    static String of(LintReport report) {
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

    /** Writes XML, indented, without the characters that XML 1.0 cannot hold. */
    static final class XmlText {
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
            try {
                line();
                writer.writeStartElement(element);
                for (int i = 0; i < attributes.length; i += 2) {
                    writer.writeAttribute(attributes[i].toString(), oneLine(attributes[i + 1].toString()));
                }
            } catch (XMLStreamException e) {
                throw impossible(e);
            }
            depth++;
            hasChildren = false;
            return this;
        }

        /** The text of the element that is open. */
        XmlText text(String content) {
            try {
                writer.writeCharacters(clean(content));
            } catch (XMLStreamException e) {
                throw impossible(e);
            }
            return this;
        }

        XmlText close() {
            depth--;
            try {
                if (hasChildren) {
                    line();
                }
                writer.writeEndElement();
            } catch (XMLStreamException e) {
                throw impossible(e);
            }
            hasChildren = true;
            return this;
        }

        String done() {
            try {
                writer.writeEndDocument();
                writer.flush();
            } catch (XMLStreamException e) {
                throw impossible(e);
            }
            return text + "\n";
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
