package dev.runbook.report.page;

/** Writes HTML. Every text and every attribute is escaped. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    /** Opens an element; attributes are names and values in turn. */
    Html open(String element, String... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        out.append('>');
        return this;
    }

    /** Closes an element, and ends the line. */
    Html close(String element) {
        out.append("</").append(element).append(">\n");
        return this;
    }

    /** A text within an element. */
    Html text(String text) {
        out.append(escaped(text));
        return this;
    }

    /** An element with a text in it. */
    Html element(String element, String text, String... attributes) {
        return open(element, attributes).text(text).close(element);
    }

    /** A row of a table. */
    Html row(String cell, String... texts) {
        open("tr");
        for (String text : texts) {
            open(cell).text(text);
            out.append("</").append(cell).append('>');
        }
        return close("tr");
    }

    /** What is HTML already, such as a style sheet of this program. */
    Html raw(String html) {
        out.append(html);
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    /** Plain ASCII, so that the page reads the same whatever characters the console that writes it knows. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '&' || c == '<' || c == '>' || c == '"' || c > '~') {
                escaped.append("&#").append(c).append(';');
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
