/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which parts a report has. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-report-sections.h"
#include "hone-report-write.h"

static const struct {
  const char *key, *name;
} sections_known[HONE_REPORT_N_SECTIONS] = {
  { "chart", N_("Chart of the iterations") }, { "comparisons", N_("Comparisons") }, { "data", N_("Data") },
  { "categories", N_("Categories") }, { "settings", N_("Settings of each iteration") }, { "measures", N_("All measures") },
  { "classes", N_("Scores of each category") }, { "matrix", N_("Confusion matrix") },
};

/**
 * hone_report_section_key:
 * @nth: below %HONE_REPORT_N_SECTIONS
 *
 * Returns: the stable word of the section with the bit 1 << @nth
 */
const char *
hone_report_section_key (guint nth)
{
  g_return_val_if_fail (nth < HONE_REPORT_N_SECTIONS, NULL);

  return sections_known[nth].key;
}

/**
 * hone_report_section_name:
 * @nth: below %HONE_REPORT_N_SECTIONS
 *
 * Returns: what people call the section
 */
const char *
hone_report_section_name (guint nth)
{
  g_return_val_if_fail (nth < HONE_REPORT_N_SECTIONS, NULL);

  return _(sections_known[nth].name);
}

static gboolean
find_section (const char *word,
              guint      *bit)
{
  for (guint i = 0; i < HONE_REPORT_N_SECTIONS; i++)
    if (strcmp (word, sections_known[i].key) == 0)
      {
        *bit = 1u << i;
        return TRUE;
      }
  return FALSE;
}

/**
 * hone_report_sections_from_string:
 * @text: words with commas between them
 * @sections: (out): #HoneReportSections
 * @error: where to put %HONE_REPORT_ERROR_SECTION
 *
 * Returns: %TRUE if each word is a section
 */
gboolean
hone_report_sections_from_string (const char  *text,
                                  guint       *sections,
                                  GError     **error)
{
  g_auto(GStrv) words = g_strsplit (text, ",", -1);
  guint found = 0;

  for (gsize i = 0; words[i]; i++)
    {
      const char *word = g_strstrip (words[i]);
      guint bit = 0;

      if (*word && !find_section (word, &bit))
        {
          g_autoptr(GString) known = g_string_new (sections_known[0].key);

          for (guint k = 1; k < HONE_REPORT_N_SECTIONS; k++)
            g_string_append_printf (known, ", %s", sections_known[k].key);
          g_set_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_SECTION, _("“%s” is no section of a report, wanted some of: %s"), word,
                       known->str);
          return FALSE;
        }
      found |= bit;
    }
  *sections = found;
  return TRUE;
}
