package dev.runbook.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the whole code. */
class ArchitectureTest {
    private static final String PRODUCT = "dev.runbook";
    private static final String CULPRIT = "dev.runbook.architecture.culprit";
    private static final Path MAIN = Path.of("src/main/java");

    private static JavaClasses product;
    private static JavaClasses culprits;
    private static Sources sources;

    @BeforeAll
    static void look() {
        product = new ClassFileImporter().importPath(Path.of("target/classes"));
        culprits = new ClassFileImporter().importPackages(CULPRIT);
        sources = Sources.below(MAIN);
    }

    static Set<String> rules() {
        return Rules.below(PRODUCT).keySet();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(String rule) {
        Rules.below(PRODUCT).get(rule).check(product);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void catchesItsCulprit(String rule) {
        ArchRule tried = Rules.below(CULPRIT).get(rule);

        assertThat(tried.evaluate(culprits).hasViolation()).isTrue();
    }

    @Test
    void sawTheWholeProduct() {
        Set<String> written = Sources.files(MAIN).stream()
                .filter(file -> !file.endsWith("package-info.java"))
                .map(file -> MAIN.relativize(file)
                        .toString()
                        .replaceAll("[/\\\\]", ".")
                        .replaceAll("\\.java$", ""))
                .collect(Collectors.toSet());
        Set<String> seen = product.stream().map(JavaClass::getName).collect(Collectors.toSet());

        assertThat(seen).containsAll(written);
        assertThat(written.size()).isGreaterThan(150);
    }

    /** A statement of T-SQL is read in the one package, and carried out in the other. */
    @Test
    void noTwoTypesHaveOneNameButThePairOnPurpose() {
        assertThat(Sources.namedTwice(MAIN)).containsExactly("Statement");
        assertThat(Sources.namedTwice(Path.of("src/test/java/dev/runbook/architecture/culprit")))
                .containsExactly("Server");
    }

    @Test
    void everyPackageSaysWhatItIs() {
        List<Path> silent = packages().stream()
                .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                .toList();

        assertThat(silent).isEmpty();
    }

    @Test
    void onlyMainAndTheEngineCatchEverything() {
        Map<String, Long> places = sources.wideCatches().stream()
                .collect(Collectors.groupingBy(Sources.Catch::file, TreeMap::new, Collectors.counting()));
        places.remove("dev/runbook/cli/Main.java");
        places.entrySet().removeIf(place -> place.getKey().startsWith("dev/runbook/engine/") && place.getValue() == 1);

        assertThat(places).isEmpty();
        assertThat(sources.wideCatches().stream().filter(found -> found.file().contains("/engine/")))
                .hasSizeLessThan(2);
    }

    @Test
    void seesWideCatches() {
        Sources culprit = Sources.below(Path.of("src/test/java/dev/runbook/architecture/culprit"));

        assertThat(culprit.wideCatches()).containsExactly(new Sources.Catch("engine/Offender.java", "Exception"));
    }

    @Test
    void anEventThatCanChangeIsNoData() {
        EvaluationResult result =
                Rules.below(CULPRIT).get("what is data cannot change").evaluate(culprits);

        assertThat(result.getFailureReport().getDetails())
                .anyMatch(detail -> detail.contains("event.Changeable"))
                .anyMatch(detail -> detail.contains("language.Bean"));
    }

    @Test
    void onlyWhatNobodyElseUsesIsPublicInVain() {
        EvaluationResult result = Rules.below(CULPRIT)
                .get("what is public is used from another package")
                .evaluate(culprits);

        assertThat(result.getFailureReport().getDetails())
                .anyMatch(detail -> detail.contains("engine.Offender"))
                .noneMatch(detail -> detail.contains("rehearsal.Estate"));
    }

    /** The folders that hold a type. */
    private static Set<Path> packages() {
        return Sources.files(MAIN).stream()
                .filter(file -> !file.endsWith("package-info.java"))
                .map(Path::getParent)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
