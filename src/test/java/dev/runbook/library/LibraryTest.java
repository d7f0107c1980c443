package dev.runbook.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryTest {
    @TempDir
    Path folder;

    private Library library;

    @BeforeEach
    void open() {
        library = new Library(folder);
    }

    @Test
    void aFileIsTheSameWhateverItsLinesEndWithAndWithOrWithoutAByteOrderMark() {
        String digest = RunbookFile.digest("a\nb\n".getBytes(StandardCharsets.UTF_8));
        assertThat(RunbookFile.digest("\uFEFFa\r\nb\r\n".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(digest);
        assertThat(RunbookFile.digest("a\rb\n".getBytes(StandardCharsets.UTF_8)))
                .isNotEqualTo(digest);
        assertThat(RunbookFile.digest("a\nb".getBytes(StandardCharsets.UTF_8))).isNotEqualTo(digest);
    }

    @Test
    void findsWhatIsInsideTheProgramFromAnyFolder() {
        assertThat(library.find("failback")).hasValueSatisfying(file -> {
            assertThat(file.name()).isEqualTo("failback.yaml");
            assertThat(file.path()).isEmpty();
            assertThat(file.place()).isEqualTo("failback.yaml inside this program");
            assertThat(new String(file.bytes(), StandardCharsets.UTF_8)).contains("runbook: persistent-chat-failback");
        });
        assertThat(library.find("failover.yaml")).isPresent();
    }

    @Test
    void aFileOnDiskWins() throws IOException {
        Files.writeString(folder.resolve("failover.yaml"), "mine");

        assertThat(library.find("failover")).hasValueSatisfying(file -> {
            assertThat(file.path()).contains(folder.resolve("failover.yaml"));
            assertThat(file.bytes()).asString().isEqualTo("mine");
        });
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderOrToNoYamlFileIsNotRead() throws IOException {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path outside = Files.writeString(folder.resolve("outside.yaml"), "password: word");
        Path hidden =
                Files.writeString(Files.createDirectory(home.resolve(".git")).resolve("config"), "token");
        Path near = Files.writeString(home.resolve("near.yaml"), "mine");
        Files.createSymbolicLink(home.resolve("a.yaml"), outside);
        Files.createSymbolicLink(home.resolve("b.yaml"), hidden);
        Files.createSymbolicLink(home.resolve("c.yaml"), near);
        Library here = new Library(home);

        for (String led : List.of("a", "b.yaml")) {
            assertThatThrownBy(() -> here.find(led))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("it is a link that leads out of this folder")
                    .hasMessageContaining("Name the file itself");
        }
        assertThat(here.find("c").orElseThrow().bytes()).asString().isEqualTo("mine");
    }

    @Test
    void looksIntoTheFolderRunbooksAfterThePlaceAsGiven() throws IOException {
        Files.createDirectory(folder.resolve("runbooks"));
        Files.writeString(folder.resolve("runbooks/x.yaml"), "deep");
        assertThat(library.find("x").orElseThrow().name()).isEqualTo("runbooks/x.yaml");

        Files.writeString(folder.resolve("x.yaml"), "near");
        assertThat(library.find("x").orElseThrow().name()).isEqualTo("x.yaml");
    }

    @Test
    void aPathNeverMeansWhatIsInsideTheProgram() {
        assertThat(library.find("old/failover.yaml")).isEmpty();
    }

    @Test
    void aFolderIsNoRunbook() throws IOException {
        Files.createDirectory(folder.resolve("x"));

        assertThat(library.find("x")).isEmpty();
    }

    @Test
    void digestsTheBytes() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "abc");

        assertThat(library.find("a").orElseThrow().digest())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
