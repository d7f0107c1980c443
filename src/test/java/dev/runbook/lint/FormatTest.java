package dev.runbook.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.runbook.base.Diagnostic;
import dev.runbook.golden.GoldenFolder;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every format for no, one and many findings. */
class FormatTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static List<Path> behaviours() throws IOException {
        return GoldenFolder.behaviours("findings");
    }

    static Stream<Arguments> everyFormat() throws IOException {
        return behaviours().stream()
                .flatMap(behaviour -> Stream.of(Format.values()).map(format -> Arguments.of(behaviour, format)));
    }

    @ParameterizedTest
    @MethodSource("everyFormat")
    void looksAsWrittenDown(Path behaviour, Format format) throws IOException {
        GoldenFolder.verify(
                behaviour, filesBeside(behaviour, format), file(format), format.render(ReportExample.read(behaviour)));
    }

    private static Set<String> filesBeside(Path behaviour, Format format) throws IOException {
        Set<String> beside = new TreeSet<>();
        try (Stream<Path> files = Files.list(behaviour)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .forEach(beside::add);
        }
        beside.add(ReportExample.TABLE);
        Stream.of(Format.values()).filter(other -> other != format).forEach(other -> beside.add(file(other)));
        return beside;
    }

    private static String file(Format format) {
        return "expected." + format.word();
    }

    @ParameterizedTest
    @MethodSource("everyFormat")
    void isTheSameInWhateverOrderThingsWereFound(Path behaviour, Format format) throws IOException {
        LintReport report = ReportExample.read(behaviour);
        List<Diagnostic> turned = new ArrayList<>(report.findings());
        Collections.reverse(turned);

        assertThat(format.render(ReportExample.report(report.files(), turned))).isEqualTo(format.render(report));
    }

    @ParameterizedTest
    @MethodSource("behaviours")
    void sarifIsValidByTheOfficialSchema(Path behaviour) throws IOException {
        assertThat(OfficialSchemas.mistakesOfSarif(Format.SARIF.render(ReportExample.read(behaviour))))
                .isEmpty();
    }

    @Test
    void theOfficialSchemaOfSarifIsReallyAsked() throws IOException {
        assertThat(OfficialSchemas.mistakesOfSarif("{\"version\": \"2.1.0\", \"runs\": [{}]}"))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("behaviours")
    void junitIsValidByItsSchema(Path behaviour) throws IOException, SAXException {
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(OfficialSchemas.file("junit-10.xsd").toFile());
        String junit = Format.JUNIT.render(ReportExample.read(behaviour));

        assertThatCode(() -> schema.newValidator().validate(new StreamSource(new StringReader(junit))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("behaviours")
    void everyLineOfJsonLinesIsTheFindingOfTheDocument(Path behaviour) throws IOException {
        LintReport report = ReportExample.read(behaviour);
        JsonNode findings = JSON.readTree(Format.JSON.render(report)).get("findings");

        List<JsonNode> lines =
                Format.JSONL.render(report).lines().map(JSON::readTree).toList();

        assertThat(lines).isEqualTo(findings.valueStream().toList());
    }

    @ParameterizedTest
    @MethodSource("behaviours")
    void noFingerprintIsThereTwice(Path behaviour) throws IOException {
        JsonNode issues = JSON.readTree(Format.GITLAB.render(ReportExample.read(behaviour)));

        assertThat(issues.valueStream().map(issue -> issue.get("fingerprint").asString()))
                .doesNotHaveDuplicates();
    }
}
