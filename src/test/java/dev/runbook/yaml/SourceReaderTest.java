package dev.runbook.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Position;
import dev.runbook.base.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceReaderTest {
    @TempDir
    Path folder;

    @Test
    void readsUtf8WithOrWithoutAByteOrderMark() throws IOException {
        assertThat(read("a: ä\nb".getBytes(StandardCharsets.UTF_8))
                        .value()
                        .orElseThrow()
                        .lines())
                .containsExactly("a: ä", "b");
        assertThat(read("\uFEFFa: ä".getBytes(StandardCharsets.UTF_8))
                        .value()
                        .orElseThrow()
                        .lines())
                .containsExactly("a: ä");
    }

    @Test
    void saysWhereAFileStopsBeingUtf8() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write("a: \uFFFD is a character too\nb: ".getBytes(StandardCharsets.UTF_8));
        bytes.write(0xE4);
        bytes.write(" is Latin 1".getBytes(StandardCharsets.UTF_8));
        Diagnostic finding = read(bytes.toByteArray()).diagnostics().get(0);
        assertThat(finding.rule()).isEqualTo("encoding");
        assertThat(finding.span().start()).isEqualTo(new Position(2, 4));
    }

    @Test
    void saysWhyThereIsNothingToRead() throws IOException {
        assertThat(message(folder.resolve("none.yaml"))).isEqualTo("There is no such file.");
        assertThat(message(folder)).isEqualTo("This is a folder. Name a file in it.");
        Path large = Files.write(folder.resolve("large.yaml"), new byte[SourceReader.MAX_BYTES + 1]);
        assertThat(message(large)).startsWith("The file is larger than 1 MB.");
    }

    private Checked<Source> read(byte[] bytes) throws IOException {
        return SourceReader.read(Files.write(folder.resolve("file.yaml"), bytes));
    }

    private static String message(Path path) {
        return SourceReader.read(path).diagnostics().get(0).message();
    }
}
