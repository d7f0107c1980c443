package dev.runbook.rehearsal.estate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EstateConsoleTest {
    @TempDir
    private Path folder;

    private Estate estate;
    private EstateConsole console;

    @BeforeEach
    void start() throws IOException {
        estate = Rehearsals.start("dc1-lost", folder);
        console = new EstateConsole(estate);
    }

    @AfterEach
    void close() {
        estate.close();
    }

    @Test
    void doesWhatPeopleDoAtAStep() {
        assertThat(console.answer("confirm 0.5"))
                .isEqualTo("moved 10 files from log-share to archive\nmoved 6 files from copy-folder to archive\n");
        assertThat(console.answer("confirm 9"))
                .isEqualTo("The scene says nothing about step \"9\". It does about: 0.5.\n");
    }

    @Test
    void letsATransitionHappen() {
        assertThat(console.answer("transition \"DC1 rebuilt\"")).isEqualTo("\"DC1 rebuilt\" has happened.\n");
        assertThat(console.answer("show")).contains("server SQLA\\RTC: up\n");
        assertThat(console.answer("transition DC1 gone"))
                .isEqualTo("The scene has no transition \"DC1 gone\". It has: \"DC1 rebuilt\".\n");
    }

    @Test
    void letsAServerFailAndComeBack() {
        assertThat(console.answer("DOWN sqlb")).isEqualTo("sqlb is down.\n");
        assertThat(console.answer("show")).contains("server SQLB\\RTC: down\n");
        assertThat(console.answer(" up  sqlb ")).isEqualTo("sqlb is up.\n");
        assertThat(console.answer("up sql")).contains("no server \"sql\"").contains("sqla, sqlam, sqlb, sqlbm");
    }

    @Test
    void explainsItself() {
        assertThat(console.answer("")).isEmpty();
        assertThat(console.answer("dance"))
                .startsWith("There is no command \"dance\".\n")
                .contains("show");
    }
}
