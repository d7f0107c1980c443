package dev.runbook.endpoint.powershell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.endpoint.Answer;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Limits;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real PowerShell and the simulated one must answer alike, so that a rehearsal proves something about the night. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ShellContract {
    static final String ZOO = "Zoo";
    static final String FARM = "Farm";

    private final Map<List<String>, PowerShellHost> hosts = new HashMap<>();

    /** A host that opens these of the modules {@link #ZOO} and {@link #FARM}. */
    abstract PowerShellHost open(List<String> modules);

    @AfterAll
    void end() {
        hosts.values().forEach(PowerShellHost::close);
    }

    /** The host with these modules; a start takes long, so that all tests use the same. */
    PowerShellHost host(String... modules) {
        return hosts.computeIfAbsent(List.of(modules), this::open);
    }

    @Test
    void readsTheColumnsInTheOrderInWhichTheyAreAskedFor() {
        Row row = one(zoo("Get-Animal", Map.of("Name", Value.of("hare")), "Weight", "Name", "Zeta", "Food"));
        assertThat(row.names()).containsExactly("Weight", "Name", "Zeta", "Food");
    }

    @Test
    void readsEnumsAsNamesNullAsNullAndLeavesOutWhatIsNotThere() {
        Row row = one(zoo("Get-Animal", Map.of("Name", Value.of("hare")), "Colour", "Alpha", "Gone", "Food", "Tame"));
        assertThat(row.get("Colour")).contains(Value.of("Green"));
        assertThat(row.get("Alpha")).contains(Value.NOTHING);
        assertThat(row.get("Gone")).isEmpty();
        assertThat(row.get("Food")).contains(Value.of(List.of("hay", "oats")));
        assertThat(row.get("Tame")).contains(Value.of(true));
        assertThat(one(zoo("Get-Animal", Map.of(), "Weight")).get("Weight"))
                .contains(new Value.Number(new BigDecimal("1.5")));
    }

    static List<Arguments> lists() {
        return List.of(
                Arguments.of(Value.NOTHING, "null"),
                Arguments.of(fields("Replace", Value.of(List.of("a", "b"))), "add= remove= replace=a|b"),
                Arguments.of(fields("replace", Value.of("a")), "add= remove= replace=a"),
                Arguments.of(fields("Add", Value.of(List.of("a"))), "add=a remove= replace="),
                Arguments.of(fields("Remove", Value.of(List.of("b"))), "add= remove=b replace="),
                Arguments.of(fields("Replace", new Value.Items(List.of())), "add= remove= replace="),
                Arguments.of(Value.of(List.of("a", "b")), "add= remove= replace=a|b"),
                Arguments.of(Value.of("a"), "add= remove= replace=a"));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void takesAListNothingOrATableThatSaysWhatToDoWithIt(Value list, String wanted) {
        assertThat(one(zoo("Set-Cages", Map.of("Cages", list), "value")).get("value"))
                .contains(Value.of(wanted));
    }

    @Test
    void refusesATableThatSaysSomethingElseOfAListBeforeAnythingIsDone() {
        Failure failure = failure(zoo("Set-Cages", Map.of("Cages", fields("Bogus", Value.of("a"))), "value"));
        assertThat(failure.code()).isEqualTo("ParameterArgumentTransformationError,Set-Cages");
        assertThat(failure.message()).contains("'Bogus'", "Valid list modifiers are Add, Remove, and Replace.");
    }

    @ParameterizedTest
    @CsvSource({
        "Set-Animal, Bogus, x, 'NamedParameterNotFound,Set-Animal'",
        "Set-Animal, F, x, 'AmbiguousParameter,Set-Animal'",
        "Set-Animal, Temper, Angry, 'ParameterArgumentValidationError,Set-Animal'",
        "Set-Animal, Fed, x, 'ParameterArgumentTransformationError,Set-Animal'",
        "Set-Animal, Marks, x, 'ParameterArgumentTransformationError,Set-Animal'",
        "Set-Animal, Name, '', 'ParameterArgumentValidationErrorEmptyStringNotAllowed,Set-Animal'",
        "Get-Lost, '', '', 'AnimalLost,Get-Lost'",
        "Get-Nothing, '', '', CommandNotFoundException",
        "Get-Plain, Three, x, 'NamedParameterNotFound,Get-Plain'"
    })
    void namesWhyACallIsRefusedByTheIdThatPowerShellGives(String cmdlet, String parameter, String value, String id) {
        Map<String, Value> parameters = parameter.isEmpty() ? Map.of() : Map.of(parameter, Value.of(value));
        assertThat(failure(zoo(cmdlet, parameters, "value")).code()).isEqualTo(id);
    }

    @Test
    void refusesACallWithoutAParameterThatHasToBeThere() {
        Map<String, Value> wild = Map.of("Temper", Value.of("Wild"));
        assertThat(failure(zoo("Set-Animal", wild, "value")).code()).isEqualTo(missing("Set-Animal"));
        assertThat(failure(zoo("Set-Cages", Map.of(), "value")).code()).isEqualTo(missing("Set-Cages"));
    }

    /** The id of a missing parameter. */
    String missing(String cmdlet) {
        return "MissingMandatoryParameter," + cmdlet;
    }

    @ParameterizedTest
    @CsvSource({"Name, hare, 'hare  False'", "NAME, hare, 'hare  False'", "Nam, hare, 'hare  False'"})
    void findsAParameterInAnyCaseAndByItsBeginning(String name, String value, String wanted) {
        assertThat(one(zoo("Set-Animal", Map.of(name, Value.of(value)), "value"))
                        .get("value"))
                .contains(Value.of(wanted));
    }

    @Test
    void takesASwitchAsATruthAndRefusesANumberOfSixtyFourBits() {
        Map<String, Value> fed = Map.of("Name", Value.of("hare"), "Fed", Value.of(true));
        assertThat(one(zoo("Set-Animal", fed, "value")).get("value")).contains(Value.of("hare  True"));
        Map<String, Value> one = Map.of("Name", Value.of("hare"), "Fed", Value.of(1));
        assertThat(failure(zoo("Set-Animal", one, "value")).code())
                .isEqualTo("ParameterArgumentTransformationError,Set-Animal");
        Map<String, Value> nothing = Map.of("Name", Value.of("hare"), "Fed", Value.NOTHING);
        assertThat(one(zoo("Set-Animal", nothing, "value")).get("value")).contains(Value.of("hare  False"));
    }

    @Test
    void asksNobodyBeforeWhatHasAHighImpact() {
        assertThat(one(zoo("Set-Animal", Map.of("Name", Value.of("bear")), "value"))
                        .get("value"))
                .contains(Value.of("bear  False"));
    }

    @Test
    void saysWhichModuleIsMeantWhenTwoHaveTheCmdlet() {
        PowerShellHost host = host(ZOO, FARM);
        Heard heard = new Heard();
        Answer answer = host.invoke("Get-Animal", Map.of("Name", Value.of("hare")), List.of("Name"), heard.limits());
        assertThat(one(answer).get("Name")).contains(Value.of("hare of the farm"));
        assertThat(heard.said).singleElement().asString().contains("'Get-Animal'", "Zoo, Farm", "That of Farm");
        Heard again = new Heard();
        host.invoke("Get-Animal", Map.of(), List.of("Name"), again.limits());
        host.invoke("Get-Barn", Map.of(), List.of("Name"), again.limits());
        assertThat(again.said).as("it is said once").isEmpty();
    }

    /** Asks the module {@link #ZOO}. */
    Answer zoo(String cmdlet, Map<String, Value> parameters, String... select) {
        return host(ZOO).invoke(cmdlet, parameters, List.of(select), Limits.none());
    }

    static Value fields(String name, Value value) {
        return new Value.Fields(new LinkedHashMap<>(Map.of(name, value)));
    }

    static Row one(Answer answer) {
        List<Row> rows = rows(answer);
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    static List<Row> rows(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Rows.class);
        return ((Answer.Rows) answer).rows();
    }

    static Failure failure(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed) answer).failure();
    }
}
