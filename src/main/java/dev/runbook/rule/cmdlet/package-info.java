/** Rules about cmdlets and what they are given, by what is known of them. */
package dev.runbook.rule.cmdlet;
