package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {
    @TempDir
    Path folder;

    private InputFiles files;

    @BeforeEach
    void write() throws IOException {
        write("dr/failover.yaml", "# a comment\nrunbook: failover\n");
        write("dr/site/failback.yml", "# yaml-language-server: $schema=../runbook.schema.json\ntitle: no id yet\n");
        write("dr/site/litware.yaml", "pool_fqdn: a.b\nnotes: 'this runbook: none'\n");
        write("dr/.hidden/old.yaml", "runbook: old\n");
        write("dr/readme.md", "runbook: in prose\n");
        files = new InputFiles(folder);
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), text);
    }

    private List<String> names() {
        return files.inputs().stream().map(InputFiles.Input::name).toList();
    }

    @Test
    void ofAFolderTakesTheRunbooksAndSaysHowManyOthersThereAre() {
        files.add("dr");

        assertThat(names()).containsExactly("dr/failover.yaml", "dr/site/failback.yml");
        assertThat(files.passedBy()).isEqualTo(1);
        assertThat(files.missing()).isEmpty();
    }

    @Test
    void ofAPatternTakesWhateverMatches() {
        files.add("dr/**/*.yaml");

        assertThat(names()).containsExactly("dr/failover.yaml", "dr/site/litware.yaml");
    }

    @Test
    void takesBackslashesInPatternsAsWindowsWritesThem() {
        files.add("dr\\**\\fail*");

        assertThat(names()).containsExactly("dr/failover.yaml", "dr/site/failback.yml");
    }

    @Test
    void aFileIsTakenWhateverIsInIt() {
        files.add("dr/readme.md");

        assertThat(names()).containsExactly("dr/readme.md");
    }

    @Test
    void aFileWhoseNameLooksLikeAPatternIsAFile() throws IOException {
        write("dr/a[1].yaml", "runbook: a\n");
        write("dr/a1.yaml", "runbook: a\n");

        files.add("dr/a[1].yaml");

        assertThat(names()).containsExactly("dr/a[1].yaml");
    }

    @Test
    void namedTwiceAFileComesOnce() {
        files.add("dr/failover.yaml");
        files.add("./dr/failover.yaml");
        files.add("dr");
        files.add(folder.resolve("dr/failover.yaml").toString());

        assertThat(names()).containsExactly("dr/failover.yaml", "dr/site/failback.yml");
    }

    @Test
    void aFileElsewhereKeepsItsWholePath(@TempDir Path elsewhere) throws IOException {
        Path file = Files.writeString(elsewhere.resolve("x.yaml"), "runbook: x\n");

        files.add(file.toString());

        assertThat(names()).containsExactly(file.toString().replace('\\', '/'));
    }

    @Test
    void knowsTheRunbooksInsideTheProgram() {
        files.add("failover");

        assertThat(names()).containsExactly("failover.yaml");
        assertThat(files.inputs().get(0).path()).isEmpty();
    }

    @Test
    void readsAStreamUnderTheNameThatItIsGiven() {
        files.add("dr/new.yaml", new ByteArrayInputStream("runbook: ü\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(names()).containsExactly("dr/new.yaml");
        assertThat(files.inputs().get(0).source().value().orElseThrow().line(1)).isEqualTo("runbook: ü");
    }

    @Test
    void aStreamWithoutEndIsNotReadToItsEnd() {
        files.add("endless", new InputStream() {
            @Override
            public int read() {
                return 'a';
            }
        });

        assertThat(files.inputs().get(0).source().diagnostics())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("larger than 1 MB"));
    }

    @Test
    void saysEverythingThatIsNotThere() throws IOException {
        Files.createDirectories(folder.resolve("empty"));
        write("sites/litware.yaml", "pool_fqdn: a.b\n");

        files.add("nope.yaml");
        files.add("nope/*.yaml");
        files.add("empty");
        files.add("sites");

        assertThat(files.inputs()).isEmpty();
        assertThat(files.missing())
                .satisfiesExactly(
                        file -> assertThat(file).contains("There is no runbook nope.yaml"),
                        pattern -> assertThat(pattern).isEqualTo("No file matches nope/*.yaml."),
                        empty -> assertThat(empty).isEqualTo("There is no .yaml file below empty."),
                        sites -> assertThat(sites).contains("No .yaml file below sites is a runbook"));
    }
}
