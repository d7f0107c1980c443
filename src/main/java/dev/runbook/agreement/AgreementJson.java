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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The files of this package as JSON that people can read. */
final class AgreementJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private AgreementJson() {}

    static <T> T read(Path file, Class<T> type) {
        Checked<Source> read = SourceReader.read(file);
        String text = read.value()
                .map(source -> String.join("\n", source.lines()))
                .orElseThrow(() -> Refusal.usage(DiagnosticText.of(read.diagnostics()) + "Nothing was begun."));
        try {
            return MAPPER.readValue(text, type);
        } catch (JacksonException e) {
            throw Refusal.usage(file + " is not JSON of the right kind. Nothing was begun.");
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
