package dev.runbook.rehearsal.cmdlet;

import dev.runbook.base.Value;

/** What .NET calls the values that come over the wire. */
public final class TypeName {
    private TypeName() {}

    /** The full name; {@code null} for null. */
    public static String of(Value value) {
        if (value instanceof Value.Truth) {
            return "System.Boolean";
        }
        if (value instanceof Value.Number number) {
            return number.value().scale() <= 0 ? "System.Int64" : "System.Decimal";
        }
        if (value instanceof Value.Items) {
            return "System.Object[]";
        }
        if (value instanceof Value.Fields) {
            return "System.Collections.Hashtable";
        }
        if (value instanceof Value.Secret) {
            return "System.Security.SecureString";
        }
        return value instanceof Value.Nothing ? "null" : "System.String";
    }
}
