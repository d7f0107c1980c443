package dev.runbook.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Checked;
import dev.runbook.base.Position;
import dev.runbook.base.Source;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every character of a scalar knows where it stands, however the scalar was written. */
class ScalarOriginTest {
    private static final int ROUNDS = 400;
    private static final String ALPHABET = "abcXYZ 09.{}[]#,\\'\"%&*|>-äß漢𝄞  ";

    @ParameterizedTest
    @CsvSource({
        "plain, 1", "single, 2", "double, 3", "literal, 4", "folded, 5", "strip, 6", "keep, 7", "indented, 8",
        "plain, 11", "single, 12", "double, 13", "literal, 14", "folded, 15", "strip, 16", "keep, 17", "indented, 18"
    })
    void theCharacterAtItsOriginIsTheCharacterOfTheValue(String style, long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Source source = Source.of("generated.yaml", document(style, random));
            Checked<Node> read = YamlReader.read(source);
            assertThat(read.diagnostics()).as(source.lines().toString()).isEmpty();
            Node.Scalar value = (Node.Scalar) ((Node.Mapping)
                            ((Node.Sequence) ((Node.Mapping) read.value().orElseThrow())
                                            .get("steps")
                                            .orElseThrow())
                                    .items()
                                    .get(0))
                    .get("value")
                    .orElseThrow();
            for (int offset = 0; offset < value.value().length(); offset++) {
                assertStandsThere(source, value, offset);
            }
        }
    }

    private static void assertStandsThere(Source source, Node.Scalar scalar, int offset) {
        char expected = scalar.value().charAt(offset);
        Position position = scalar.origin().at(offset);
        String line = source.line(position.line());
        int index = position.column() - 1;
        String context = source.lines() + " offset " + offset + " of " + scalar.value();
        if (index == line.length()
                || line.substring(Math.min(index, line.length())).isBlank()) {
            assertThat(expected).as(context).isIn(' ', '\n');
        } else if (line.charAt(index) == '\\' && scalar.style() == Node.Scalar.Style.QUOTED && expected != '\\') {
            assertThat(line.substring(index)).as(context).startsWith(escape(expected));
        } else {
            assertThat(line.charAt(index)).as(context).isEqualTo(expected);
        }
    }

    private static String escape(char c) {
        return c == '\n' ? "\\n" : c == '"' ? "\\\"" : "\\u";
    }

    private static String document(String style, Random random) {
        return "title: x\nsteps:\n  - first: 1\n    value: " + scalar(style, random) + "\n    last: '2'\n";
    }

    private static String scalar(String style, Random random) {
        String text = text(random, style.equals("literal") || style.equals("indented") || style.equals("keep"));
        return switch (style) {
            case "plain" ->
                "x"
                        + text.replaceAll("[^a-z0-9äß漢 \n]", "")
                                .replaceAll(" +\n", "\n")
                                .strip()
                                .replace("\n", "\n      ");
            case "single" -> "'" + text.replace("'", "''").replace("\n", "  \n      ") + "'";
            case "double" -> "\"" + doubleQuoted(text, random) + "\"";
            case "literal" -> "|\n      a" + text.replace("\n", "\n      ");
            case "folded" -> ">\n      a" + text.replace("\n", "\n      ");
            case "strip" -> ">-\n      a" + text.replace("\n", "\n      ");
            case "keep" -> "|+ # kept\n\n      a" + text.replace("\n", "\n      ") + "\n\n";
            default -> "|3-\n         " + text.replace("\n", "\n       ");
        };
    }

    private static String doubleQuoted(String text, Random random) {
        StringBuilder quoted = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point == '\\') {
                quoted.append("/");
            } else if (point == '"') {
                quoted.append("\\\"");
            } else if (point == '\n') {
                quoted.append(random.nextBoolean() ? "\\n" : random.nextBoolean() ? " \n     " : "\\\n    ");
            } else if (point > 0x7F && point < 0xFFFF) {
                quoted.append(random.nextBoolean() ? String.format("\\u%04x", point) : Character.toString(point));
            } else {
                quoted.appendCodePoint(point);
            }
        });
        return quoted.toString();
    }

    private static String text(Random random, boolean deeperLines) {
        StringBuilder text = new StringBuilder();
        int[] alphabet = ALPHABET.codePoints().toArray();
        int length = 1 + random.nextInt(30);
        for (int i = 0; i < length; i++) {
            if (random.nextInt(6) == 0) {
                text.append("\n".repeat(1 + random.nextInt(2)));
                text.append(deeperLines && random.nextInt(3) == 0 ? "  " : "");
            } else {
                text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
            }
        }
        return text.toString();
    }
}
