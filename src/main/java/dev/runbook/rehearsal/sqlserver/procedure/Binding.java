package dev.runbook.rehearsal.sqlserver.procedure;

import dev.runbook.rehearsal.sqlserver.Complaint;
import dev.runbook.rehearsal.tds.SqlError;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Gives the values of a call to the parameters of a procedure, converted as SQL Server converts them. */
public sealed interface Binding {
    /** They fit. */
    record Bound(Arguments arguments) implements Binding {}

    /** They do not: 201, 8114, 8144 or 8145. */
    record Refused(SqlError error) implements Binding {}

    /**
     * A value as it was given.
     *
     * @param name without {@code @}; empty when given by its place
     * @param value a String, Boolean, Integer, Long, BigDecimal or null
     */
    record Given(String name, Object value) {}

    /** Binds the values of one call. */
    static Binding of(Procedure procedure, List<Given> given) {
        if (given.size() > procedure.parameters().size()) {
            return new Refused(Complaint.TOO_MANY_ARGUMENTS.of(procedure.name()));
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < given.size(); i++) {
            Optional<Procedure.Parameter> parameter = parameter(procedure, given.get(i), i);
            if (parameter.isEmpty()) {
                return new Refused(Complaint.NO_SUCH_PARAMETER.of(given.get(i).name(), procedure.name()));
            }
            Object value = given.get(i).value();
            Optional<Object> converted = value == null
                    ? Optional.empty()
                    : convert(value, parameter.get().type());
            if (value != null && converted.isEmpty()) {
                return new Refused(Complaint.CONVERSION.of(
                        typeOf(value), parameter.get().type().name().toLowerCase(Locale.ROOT)));
            }
            values.put(parameter.get().name().toLowerCase(Locale.ROOT), converted.orElse(null));
        }
        return procedure.parameters().stream()
                .filter(parameter -> parameter.required()
                        && !values.containsKey(parameter.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .<Binding>map(missing -> new Refused(Complaint.PARAMETER_MISSING.of(procedure.name(), missing.name())))
                .orElseGet(() -> new Bound(new Arguments(values)));
    }

    private static Optional<Procedure.Parameter> parameter(Procedure procedure, Given given, int place) {
        if (given.name().isEmpty()) {
            return Optional.of(procedure.parameters().get(place));
        }
        return procedure.parameters().stream()
                .filter(parameter -> parameter.name().equalsIgnoreCase(given.name()))
                .findFirst();
    }

    private static Optional<Object> convert(Object value, Procedure.Type type) {
        return switch (type) {
            case NVARCHAR -> Optional.of(text(value));
            case INT -> whole(value).map(Integer.class::cast);
            case BIT -> bit(value).map(Boolean.class::cast);
            case UNIQUEIDENTIFIER -> id(text(value)).map(UUID.class::cast);
        };
    }

    private static String text(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? "1" : "0";
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static Optional<Integer> whole(Object value) {
        String digits = value instanceof BigDecimal number
                ? number.setScale(0, RoundingMode.DOWN).toPlainString()
                : text(value).strip();
        if (digits.isEmpty()) {
            return Optional.of(0);
        }
        return digits.matches("[-+]?\\d{1,9}") ? Optional.of(Integer.parseInt(digits)) : Optional.empty();
    }

    private static Optional<Boolean> bit(Object value) {
        String text = text(value).strip();
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Optional.of(Boolean.parseBoolean(text));
        }
        return whole(value).map(number -> number != 0);
    }

    private static Optional<UUID> id(String text) {
        String bare = text.strip().replaceAll("^\\{(.*)}$", "$1");
        return bare.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(bare))
                : Optional.empty();
    }

    private static String typeOf(Object value) {
        return value instanceof String ? "nvarchar" : value instanceof BigDecimal ? "numeric" : "int";
    }
}
