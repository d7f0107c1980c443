package dev.runbook.report.findings;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes XML, indented, without the characters that XML 1.0 cannot hold. */
final class XmlText {
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
