package dev.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Jimfs;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmokeTest {
    @Test
    void resolves() throws Exception {
        assertThat(new ClassFileImporter().importPackages("dev.runbook")).isNotEmpty();
        try (var fs = Jimfs.newFileSystem()) {
            assertThat(fs.isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1})
    void parameters(int i) {
        assertThat(i).isEqualTo(1);
    }
}
