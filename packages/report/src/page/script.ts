/**
 * Sorting of tables by a click on a column's name; the page reads the same without it. ASCII, without `<` and `&`, so
 * that the page stays well-formed as XML; its hash is part of the content security policy.
 */
export const script = `
for (const table of document.querySelectorAll('table.sortable')) {
  const heads = Array.from(table.tHead.rows[0].cells);
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      const descending = head.getAttribute('aria-sort') === 'ascending';
      const key = (row) => row.cells[column].dataset.value;
      const compare = (a, b) => {
        const x = key(a), y = key(b);
        if (x === y) return 0;
        if (x === '') return 1;
        if (y === '') return -1;
        const bySize = head.classList.contains('number') ? Number(x) - Number(y) : x.localeCompare(y);
        return descending ? -bySize : bySize;
      };
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      const body = table.tBodies[0];
      body.append(...Array.from(body.rows).sort(compare));
    });
  });
}
`;
