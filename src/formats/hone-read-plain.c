/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines: a text each, or `text|LABEL` with the label behind the last bar. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-columns.h"
#include "hone-reader-private.h"

#define SNIFF_LINES 200
#define LONGEST_LABEL 64

/* Files whose ending promises something else never become plain lines. */
static gboolean
may_be_lines (const HoneSource *source)
{
  static const char * const endings[] = { ".txt", ".text", ".list", ".lst", ".log", ".md", NULL };
  const char *base = strrchr (source->name, '/');

  for (gsize i = 0; endings[i] != NULL; i++)
    {
      if (hone_source_has_suffix (source, endings[i]))
        return TRUE;
    }

  return source->named && strchr (base != NULL ? base : source->name, '.') == NULL;
}

static const HoneHead *
first_head (const HoneSniff *sniff)
{
  for (guint i = 0; i < sniff->heads->len; i++)
    {
      const HoneHead *head = g_ptr_array_index (sniff->heads, i);

      if (may_be_lines (head->source))
        return head;
    }

  return NULL;
}

static guint
lines_sniff (const HoneSniff *sniff)
{
  const HoneHead *head = first_head (sniff);

  return head != NULL && head->length > 0 && !head->is_json ? 5 : 0;
}

static gboolean
has_label (const char *line,
           gsize       length)
{
  const char *bar = g_strrstr_len (line, length, "|");
  gsize rest = bar != NULL ? line + length - bar - 1 : 0;

  return bar > line && rest > 0 && rest <= LONGEST_LABEL;
}

static guint
text_label_sniff (const HoneSniff *sniff)
{
  const HoneHead *head = first_head (sniff);
  const char *at, *end;
  guint n = 0, n_with = 0;

  if (head == NULL || head->is_json)
    return 0;

  at = head->text;
  end = at + head->length;
  while (at < end && n < SNIFF_LINES)
    {
      gsize length = strcspn (at, "\r\n");

      if (length > 0)
        {
          n++;
          n_with += has_label (at, length);
        }
      at += length + strspn (at + length, "\r\n");
      if (at < end && *at == '\0')      /* no text, but there may be more behind it */
        at++;
    }

  return n > 0 && n_with * 10 >= n * 6 ? 20 : 0;
}

static gboolean
lines_open (HoneReader  *self,
            GError     **error)
{
  if (self->sources->len > 1)
    hone_reader_keep_sources (self, may_be_lines);
  hone_reader_describe (self, _("one text per line"));

  return TRUE;
}

static gboolean
text_label_open (HoneReader  *self,
                 GError     **error)
{
  if (self->sources->len > 1)
    hone_reader_keep_sources (self, may_be_lines);
  hone_reader_describe (self, _("one text per line, its label behind the last bar"));

  return TRUE;
}

static HoneReadStatus
next_line (HoneReader  *self,
           char       **line,
           GError     **error)
{
  HoneReadStatus status;

  do
    {
      gsize length;

      status = hone_reader_next_line (self, line, &length, error);
    }
  while (status == HONE_READ_RECORD && (*line)[strspn (*line, " \t")] == '\0');

  return status;
}

static HoneReadStatus
lines_next (HoneReader  *self,
            HoneRecord **record,
            GError     **error)
{
  char *line;
  HoneReadStatus status = next_line (self, &line, error);

  if (status != HONE_READ_RECORD)
    return status;

  *record = hone_reader_new_record (self);
  (*record)->text = g_strdup (line);

  return HONE_READ_RECORD;
}

static HoneReadStatus
text_label_next (HoneReader  *self,
                 HoneRecord **record,
                 GError     **error)
{
  char *line, *bar;
  HoneReadStatus status = next_line (self, &line, error);

  if (status != HONE_READ_RECORD)
    return status;

  bar = strrchr (line, '|');
  if (bar == line)
    return hone_reader_refuse (self, record, HONE_WARNING_MALFORMED, NULL, _("there is no text before the bar"));

  *record = hone_reader_new_record (self);
  (*record)->text = bar != NULL ? g_strndup (line, bar - line) : g_strdup (line);
  if (bar == NULL)
    {
      hone_record_warn (*record, HONE_WARNING_NO_SEPARATOR, NULL, _("the line has no bar, so it has no label"));
    }
  else
    {
      g_auto(GStrv) words = hone_column_words (bar + 1, self->project);

      if (words != NULL)
        hone_record_add_label (*record)->words = g_steal_pointer (&words);
    }

  return HONE_READ_RECORD;
}

const HoneReaderClass hone_read_lines_class = {
  .format = HONE_FORMAT_LINES,
  .sniff = lines_sniff,
  .open = lines_open,
  .next = lines_next,
};

const HoneReaderClass hone_read_text_label_class = {
  .format = HONE_FORMAT_TEXT_LABEL,
  .sniff = text_label_sniff,
  .open = text_label_open,
  .next = text_label_next,
};
