// Puts the text of a link into the form, and takes it out of the address. Nothing is sent: the person presses a button for that.
const take = () => {
  const text = location.hash.slice(1, 4000);
  // A shorter one leads to a place on the page.
  if (text.length < 40) return;
  history.replaceState(null, '', location.pathname);
  const byId = (id) => document.getElementById(id);
  byId('link').value = text;
  byId('hint').hidden = true;
  byId('make').hidden = true;
  byId('arrived').hidden = false;
  byId('arrived').focus();
};
take();
addEventListener('hashchange', take);
