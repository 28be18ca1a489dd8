/**
 * The one codec between records and YAML or JSON, and the JSON Schemas of those records.
 *
 * <p>Start at {@link io.cnishift.engine.codec.Codec}. The form is derived from the records alone: an object per
 * record, its keys the component names in their order. A document is read as a stream, so a snapshot of 150,000 pods
 * never stands in memory twice, and every complaint names its line and column.
 *
 * <p>Inside: a {@code Shape} knows how one Java type is read, written and described; {@code Tokens} is what a shape
 * reads from (JSON by Jackson, YAML by the events of SnakeYAML, or a recorded piece); a {@code Sink} is what it writes
 * to. The YAML sink is our own, since the SHA-256 of a plan file is that plan's name for approval: its bytes must not
 * change because a library was updated.
 */
@NullMarked
package io.cnishift.engine.codec;

import org.jspecify.annotations.NullMarked;
