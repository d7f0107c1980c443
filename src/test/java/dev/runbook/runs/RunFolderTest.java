package dev.runbook.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    Path runs;

    @Test
    void isOpenToItsOwnerAlone() throws IOException {
        assumeTrue(Files.getFileStore(runs).supportsFileAttributeView("posix"));

        RunFolder folder = RunFolder.create(runs, "2026-11-21T03-12-09Z-failover");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx------");
    }
}
