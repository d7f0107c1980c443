package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {
    @ParameterizedTest
    @CsvSource({
        "*.yaml, '', failover.yaml, true",
        "*.yaml, '', dr/failover.yaml, false",
        "**/*.yaml, '', failover.yaml, true",
        "**/*.yaml, '', a/b/failover.yaml, true",
        "runbooks/**/f*.yaml, runbooks/, a/failover.yaml, true",
        "runbooks/**/f*.yaml, runbooks/, a/resume.yaml, false",
        "runbooks/**, runbooks/, a/b.yaml, true",
        "dr/fail??k.yaml, dr/, failback.yaml, false",
        "dr/fail????.yaml, dr/, failback.yaml, true",
        "'dr/{failover,failback}.y*ml', dr/, failback.yml, true",
        "'dr/{failover,failback}.y*ml', dr/, other.yml, false",
        "'[a-c]x.yaml', '', bx.yaml, true",
        "'[!a-c]x.yaml', '', bx.yaml, false",
        "'[!a-c]x.yaml', '', dx.yaml, true",
        "'a.b/c+d*.yaml', a.b/, c+d1.yaml, true",
        "'a.b/c+d*.yaml', a.b/, ccd1.yaml, false",
        "'[.yaml*', '', '[.yaml', true",
    })
    void meansWhatShellsMean(String pattern, String folder, String below, boolean matches) {
        InputFiles.PathPattern parsed = InputFiles.PathPattern.of(pattern);

        assertThat(parsed.folder()).isEqualTo(folder);
        assertThat(parsed.matches(below)).isEqualTo(matches);
    }
}
