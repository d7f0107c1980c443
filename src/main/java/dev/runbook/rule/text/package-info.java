/** Rules about characters, patterns and lines. */
package dev.runbook.rule.text;
