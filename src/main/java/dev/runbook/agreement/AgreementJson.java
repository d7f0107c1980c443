package dev.runbook.agreement;

import dev.runbook.base.Checked;
import dev.runbook.base.Source;
import dev.runbook.report.DiagnosticText;
import dev.runbook.terminal.Refusal;
import dev.runbook.yaml.SourceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The files of this package as JSON that people can read. */
final class AgreementJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final Pattern FORMAT =
            Pattern.compile("(" + PlanFile.KIND + "|" + ApprovalFile.KIND + ")([1-9][0-9]{0,3})");

    private AgreementJson() {}

    /**
     * Reads a file of one kind.
     *
     * @param kind what stands before the number in its format, such as {@code runbook-plan-}
     * @param newest the highest number that this version knows
     */
    static <T> T read(Path file, Class<T> type, String kind, int newest) {
        JsonNode tree = tree(file);
        refuseFormat(file, tree.path("format").asString(""), kind, newest);
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JacksonException e) {
            throw notJson(file);
        }
    }

    /** What stands before the number in the format of a file; empty where it is none of these. */
    static String kind(Path file) {
        Matcher known = FORMAT.matcher(tree(file).path("format").asString(""));
        return known.matches() ? known.group(1) : "";
    }

    private static JsonNode tree(Path file) {
        Checked<Source> read = SourceReader.read(file);
        String text = read.value()
                .map(source -> String.join("\n", source.lines()))
                .orElseThrow(() -> Refusal.usage(DiagnosticText.of(read.diagnostics()) + "Nothing was begun."));
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw notJson(file);
        }
    }

    private static Refusal notJson(Path file) {
        return Refusal.usage(file + " is not JSON of the right kind. Nothing was begun.");
    }

    private static void refuseFormat(Path file, String format, String kind, int newest) {
        Matcher known = FORMAT.matcher(format);
        if (!known.matches()) {
            refuse(file + " is none of the files that plan --out and plan --approve-file write. Nothing was begun.");
        } else if (!known.group(1).equals(kind)) {
            boolean plan = known.group(1).equals(PlanFile.KIND);
            refuse(file + (plan ? " holds a plan: give it with --plan." : " holds approvals: give it with --approvals.")
                    + " Nothing was begun.");
        } else if (Integer.parseInt(known.group(2)) > newest) {
            refuse(file + " has the format " + format + ", and this version reads those up to " + kind + newest
                    + ": a newer version of this program wrote it. Use that version, or make the file anew with this"
                    + " one. Nothing was begun.");
        }
    }

    static void write(Path file, Object content) {
        try {
            Files.writeString(file, MAPPER.writeValueAsString(content) + "\n");
        } catch (IOException e) {
            throw Refusal.usage(Refusal.sentence(file, e));
        }
    }

    static void require(Path file, boolean fulfilled, String otherwise) {
        if (!fulfilled) {
            refuse(file + " " + otherwise + " Nothing was begun.");
        }
    }

    static void refuse(String message) {
        throw Refusal.usage(message);
    }

    static boolean isMoment(String text) {
        if (text == null) {
            return false;
        }
        try {
            Instant.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
