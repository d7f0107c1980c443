/**
 * From text to a tree in which every character has a place. Every scalar stays text: what it means is decided by the key that
 * it stands under, never by YAML. The only package that knows the YAML library.
 */
package dev.runbook.yaml;
