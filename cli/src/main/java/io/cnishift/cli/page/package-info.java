/** Results as pages of headings, sentences and tables, as text or Markdown. Start at {@link io.cnishift.cli.page.Page}. */
@NullMarked
package io.cnishift.cli.page;

import org.jspecify.annotations.NullMarked;
