package dev.runbook.rule.cmdlet;

import dev.runbook.cmdlet.CmdletReference;
import dev.runbook.cmdlet.KnownCmdlet;
import dev.runbook.cmdlet.KnownParameter;
import dev.runbook.cmdlet.ParameterType;
import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Origin;
import dev.runbook.diagnostic.Suggestion;
import dev.runbook.model.Name;
import dev.runbook.model.Runbook;
import dev.runbook.model.Text;
import dev.runbook.model.Variable;
import dev.runbook.model.VariableType;
import dev.runbook.model.Written;
import dev.runbook.rule.About;
import dev.runbook.rule.CmdletUse;
import dev.runbook.rule.Reach;
import dev.runbook.rule.Rule;
import dev.runbook.template.Tags;
import dev.runbook.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A parameter with a value that it does not take.
 *
 * @param reference the cmdlets that are known
 */
public record ParameterValue(CmdletReference reference) implements Rule {
    private static final About ABOUT = About.warning(
                    "parameter-value", "A parameter of a cmdlet has a value that it does not take.")
            .reaching(Reach.SHELLS)
            .because(
                    "The shell would refuse the call at that step. A switch is true or left out, some parameters know a few words"
                            + " only, and some want a host without its instance.")
            .bad("""
                    steps:
                      - step: 5
                        title: Mark the pool as failed over
                        cmdlet: Set-CsPersistentChatState
                        parameters: {Identity: '{{pool_fqdn}}', PoolState: FailOver}
                        retry: 2
                        rollback: {by-hand: set it back}
                    """)
            .good("""
                    steps:
                      - step: 5
                        title: Mark the pool as failed over
                        cmdlet: Set-CsPersistentChatState
                        parameters: {Identity: '{{pool_fqdn}}', PoolState: FailedOver}
                        retry: 2
                        rollback: {by-hand: set it back}
                    """);

    @Override
    public About about() {
        return ABOUT;
    }

    @Override
    public List<Diagnostic> check(Runbook runbook) {
        return CmdletUse.of(runbook)
                .flatMap(use ->
                        reference.find(use.cmdlet().text()).stream().flatMap(known -> findings(runbook, use, known)))
                .toList();
    }

    private Stream<Diagnostic> findings(Runbook runbook, CmdletUse use, KnownCmdlet known) {
        return use.parameters().keys().stream().flatMap(key -> {
            Written value = use.parameters().values().get(key.text());
            Optional<KnownParameter> parameter = known.parameter(key.text());
            return parameter
                    .flatMap(of -> problem(runbook, of, value, use.module()))
                    .map(message -> finding(origin(key, value), message))
                    .stream();
        });
    }

    private static Optional<String> problem(
            Runbook runbook, KnownParameter parameter, Written value, Optional<String> module) {
        if (value instanceof Written.Scalar scalar && scalar.text().hasTags()) {
            return parameter.type().kind() == ParameterType.Kind.FQDN
                    ? withInstance(runbook, parameter, scalar.text())
                    : Optional.empty();
        }
        if (isNull(value)) {
            return Optional.empty();
        }
        String name = "\"" + parameter.name() + "\"";
        return switch (parameter.type().kind()) {
            case ANY -> Optional.empty();
            case TEXT -> text(name, parameter.type().words(module), value);
            case FQDN -> fqdn(name, value);
            case NUMBER -> unless(isNumber(value), name + " is a number.");
            case TRUTH -> unless(value instanceof Written.Literal, name + " is true or false, without quotes.");
            case SWITCH ->
                unless(
                        value instanceof Written.Literal,
                        name + " is a switch: write " + parameter.name() + ": true, or leave it out.");
            case LIST -> unless(!(value instanceof Written.Fields), name + " is a list. Write [a, b].");
            case MAP -> unless(value instanceof Written.Fields, name + " is a map. Write {key: value}.");
        };
    }

    private static Optional<String> text(String name, List<String> words, Written value) {
        if (!(value instanceof Written.Scalar scalar)) {
            boolean one = words.isEmpty() && value instanceof Written.Literal;
            return unless(one, name + " is a text. Put it in quotes.");
        }
        String written = scalar.text().raw();
        boolean known = words.isEmpty() || words.stream().anyMatch(written::equalsIgnoreCase);
        return unless(
                known, name + " is one of " + String.join(", ", words) + "." + Suggestion.didYouMean(written, words));
    }

    private static Optional<String> fqdn(String name, Written value) {
        boolean plain = value instanceof Written.Scalar scalar
                && scalar.text().raw().matches("[\\p{L}\\p{N}-]+(\\.[\\p{L}\\p{N}-]+)+");
        return unless(plain, name + " is the full name of one computer, without instance.");
    }

    /** A server as a whole is host and instance in one. */
    private static Optional<String> withInstance(Runbook runbook, KnownParameter parameter, Text text) {
        return Tags.of(text).stream()
                .filter(tag -> tag.rest().isEmpty())
                .filter(tag -> Optional.ofNullable(runbook.variables().get(tag.head()))
                        .map(Variable::type)
                        .filter(VariableType.SQL_SERVER::equals)
                        .isPresent())
                .findFirst()
                .map(tag -> "\"" + parameter.name() + "\" is the full name of one computer, without instance. Write {{"
                        + tag.head() + ".host}}.");
    }

    private static boolean isNumber(Written value) {
        return value instanceof Written.Scalar scalar && scalar.text().raw().matches("-?\\d+(\\.\\d+)?");
    }

    private static boolean isNull(Written value) {
        return value instanceof Written.Literal literal && literal.value() instanceof Value.Nothing;
    }

    private static Optional<String> unless(boolean right, String message) {
        return right ? Optional.empty() : Optional.of(message);
    }

    private static Origin origin(Name key, Written value) {
        return value instanceof Written.Scalar scalar ? scalar.text().origin() : key.origin();
    }
}
